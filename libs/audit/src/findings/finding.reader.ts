import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import type { FindingFilter, FindingHistoryRow, FindingRow } from './finding.rows.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const COLUMNS = `f.id, f.rule, f.subject, f.violation_key AS "violationKey", f.happened_at AS "happenedAt",
  c.severity, c.state, c.evidence::text[] AS evidence, c.explanation, c.rule_set AS "ruleSet",
  c.as_of_block::text AS "asOfBlock", c.changed_at AS "changedAt", c.assignee, c.comment, c.resolution,
  first.changed_at AS "raisedAt"`;

/** The last word on each finding, up to the block in the first parameter where it is given. */
const CURRENT = `finding f
  JOIN LATERAL (SELECT * FROM finding_change x WHERE x.finding_id = f.id
    AND ($1::numeric IS NULL OR x.as_of_block <= $1) ORDER BY x.seq DESC LIMIT 1) c ON true
  JOIN LATERAL (SELECT changed_at FROM finding_change x WHERE x.finding_id = f.id ORDER BY x.seq LIMIT 1) first ON true`;

type Positioned = FindingRow & { readonly position: string };

/** Reads findings. `asOfBlock` asks for what was known when that block was the last. */
@Injectable()
export class FindingReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page, the latest change first.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(
    filter: FindingFilter,
    page: { readonly first: number; readonly after?: string | null },
    asOfBlock?: bigint | null,
  ): Promise<Page<FindingRow>> {
    const values: unknown[] = [asOfBlock?.toString() ?? null];
    const conditions = conditionsOf(filter, values);
    if (page.after) conditions.push(`c.seq < $${values.push(positionOf(page.after))}`);
    const rows: Positioned[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, c.seq::text AS position FROM ${CURRENT}
       WHERE ${conditions.join(' AND ')} ORDER BY c.seq DESC LIMIT ${page.first + 1}`,
      values,
    );
    return pageOf(rows, page.first, ({ position }) => [position]);
  }

  /** One finding, undefined when nobody knows it or it was not there at the block. */
  public async find(id: string, asOfBlock?: bigint | null): Promise<FindingRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const [row]: FindingRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM ${CURRENT} WHERE f.id = $2`,
      [asOfBlock?.toString() ?? null, id],
    );
    return row;
  }

  /** Everything that happened to some findings, oldest first. */
  public async histories(ids: readonly string[]): Promise<FindingHistoryRow[]> {
    return this.dataSource.query(
      `SELECT finding_id AS "findingId", kind, as_of_block::text AS "asOfBlock", changed_at AS "changedAt", actor, state,
         explanation, rule_set AS "ruleSet", assignee, comment, resolution
       FROM finding_change WHERE finding_id = ANY($1::uuid[]) ORDER BY finding_id, seq`,
      [ids.filter((id) => UUID.test(id))],
    );
  }

  /** How many findings stand, by rule. */
  public async countByRule(): Promise<
    { readonly rule: string; readonly severity: string; readonly count: number }[]
  > {
    return this.dataSource.query(
      `SELECT f.rule, c.severity, count(*)::integer AS count FROM ${CURRENT} WHERE c.state <> 'WITHDRAWN'
       GROUP BY f.rule, c.severity ORDER BY length(f.rule), f.rule`,
      [null],
    );
  }
}

function conditionsOf(filter: FindingFilter, values: unknown[]): string[] {
  const conditions: string[] = [];
  const where = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== null && value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  where(filter.rule, (rule) => `f.rule = ${rule}`);
  where(filter.severity, (severity) => `c.severity = ${severity}`);
  where(filter.state, (state) => `c.state = ${state}`);
  if (!filter.state) conditions.push(`c.state <> 'WITHDRAWN'`);
  where(
    filter.subject ? subjectsOf(filter.subject) : null,
    (subjects) => `f.subject = ANY(${subjects}::text[])`,
  );
  if (filter.event) {
    where(UUID.test(filter.event) ? [filter.event] : [], (events) => `c.evidence && ${events}::uuid[]`);
  }
  return conditions;
}

/** An item may be the subject itself or the load that was judged. */
function subjectsOf(identifier: string): string[] {
  const uri = normalizeIdentifier(identifier);
  return [uri, `load ${uri}`, identifier];
}

function positionOf(after: string): string {
  const [position] = decodeCursor(after, 1);
  if (typeof position !== 'string' || !/^\d{1,18}$/.test(position)) throw new InvalidCursorError();
  return position;
}
