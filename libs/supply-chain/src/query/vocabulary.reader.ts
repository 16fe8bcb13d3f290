import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, InvalidCursorError } from '@tallyhouse/database';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { LIST_CONDITION } from './list-condition.sql.js';
import { orInvalidToken } from './page-token.js';
import { localTerm } from './terms.js';
import { timed } from './timed.repository.js';

/** The resources of EPCIS 2.0 REST that list values which events have. */
export type Vocabulary = 'eventTypes' | 'epcs' | 'bizSteps' | 'bizLocations' | 'readPoints' | 'dispositions';

interface Source {
  readonly table: string;
  readonly column: string;
  /** Which of the column's values count. */
  readonly counts: string;
  readonly normalize: (value: string) => string;
}

/** A class that only quantity lists name is no EPC. */
const IS_EPC = `EXISTS (SELECT FROM event_item m JOIN epcis_event e ON e.event_time = m.event_time AND e.id = m.event_id
  WHERE m.uri = candidate.value AND (${[
    LIST_CONDITION.epcList,
    LIST_CONDITION.parentID,
    LIST_CONDITION.childEPCs,
    LIST_CONDITION.inputEPCList,
    LIST_CONDITION.outputEPCList,
  ].join(' OR ')}))`;

const SOURCE: Readonly<Record<Vocabulary, Source>> = {
  eventTypes: eventColumn('event_type', (value) => value),
  bizSteps: eventColumn('biz_step', localTerm),
  dispositions: eventColumn('disposition', localTerm),
  bizLocations: eventColumn('biz_location', normalizeIdentifier),
  readPoints: eventColumn('read_point', normalizeIdentifier),
  epcs: { table: 'event_item', column: 'uri', counts: IS_EPC, normalize: normalizeIdentifier },
};

/** Reads which values the stored events have, each once. */
@Injectable()
export class VocabularyReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * A page of values, in the database's order of text.
   *
   * @throws EventQueryError PAGE_TOKEN_INVALID, QUERY_TOO_COMPLEX
   */
  public async list(
    vocabulary: Vocabulary,
    perPage: number,
    token?: string,
  ): Promise<{ values: readonly string[]; nextPageToken: string | undefined }> {
    const after = token === undefined ? '' : positionOf(vocabulary, token);
    const rows = await timed(
      this.dataSource,
      (manager) =>
        manager.query(listSql(SOURCE[vocabulary]), [after, perPage + 1]) as Promise<{ value: string }[]>,
    );
    const values = rows.slice(0, perPage).map((row) => row.value);
    const hasNext = rows.length > perPage;
    return { values, nextPageToken: hasNext ? encodeCursor([vocabulary, values.at(-1)!]) : undefined };
  }

  /** Whether a stored event has the value, in whatever spelling it is asked for. */
  public async has(vocabulary: Vocabulary, value: string): Promise<boolean> {
    const { table, column, counts, normalize } = SOURCE[vocabulary];
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM (SELECT ${column} AS value FROM ${table} WHERE ${column} = $1 LIMIT 1) candidate WHERE ${counts}`,
      [normalize(value)],
    );
    return rows.length > 0;
  }
}

function eventColumn(column: string, normalize: Source['normalize']): Source {
  return { table: 'epcis_event', column, counts: 'true', normalize };
}

/** Goes from each value to the next by the index, so that the work grows with the values and not with the events. */
function listSql({ table, column, counts }: Source): string {
  const next = (after: string): string =>
    `(SELECT ${column} FROM ${table} WHERE ${column} > ${after} ORDER BY ${column} LIMIT 1)`;
  const step = (after: string): string => `(SELECT ${next(after)} AS value) candidate
    CROSS JOIN LATERAL (SELECT candidate.value IS NOT NULL AND ${counts} AS counts) verdict`;
  return `WITH RECURSIVE step AS (
      SELECT candidate.value, verdict.counts, verdict.counts::integer AS found
      FROM ${step('$1::text')}
      UNION ALL
      SELECT candidate.value, verdict.counts, step.found + verdict.counts::integer
      FROM step CROSS JOIN LATERAL ${step('step.value')}
      WHERE step.value IS NOT NULL AND step.found < $2
    )
    SELECT value FROM step WHERE counts ORDER BY value`;
}

function positionOf(vocabulary: Vocabulary, token: string): string {
  return orInvalidToken(() => {
    const [of, value] = decodeCursor(token, 2);
    if (of !== vocabulary || typeof value !== 'string') throw new InvalidCursorError();
    return value;
  });
}
