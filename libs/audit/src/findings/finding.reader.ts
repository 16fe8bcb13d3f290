import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { NOW, type AsOf } from '../trace/as-of.js';
import type { FindingFilter, FindingHistoryRow, FindingRow } from './finding.rows.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const COLUMNS = `f.id, f.rule, f.subject, f.violation_key AS "violationKey", f.happened_at AS "happenedAt",
  c.severity, c.state, c.evidence::text[] AS evidence, c.explanation, c.rule_set AS "ruleSet",
  c.as_of_block::text AS "asOfBlock", c.changed_at AS "changedAt", c.assignee, c.comment, c.resolution,
  first.changed_at AS "raisedAt"`;

/** Whether a change was known by the block in the first parameter and by the time in the second; null asks for no bound. */
const KNOWN =
  '($1::numeric IS NULL OR x.as_of_block <= $1) AND ($2::timestamptz IS NULL OR x.changed_at <= $2)';

/** The last word on each finding that was known by then. */
const CURRENT = `finding f
  JOIN LATERAL (SELECT * FROM finding_change x WHERE x.finding_id = f.id AND ${KNOWN} ORDER BY x.seq DESC LIMIT 1) c ON true
  JOIN LATERAL (SELECT changed_at FROM finding_change x WHERE x.finding_id = f.id ORDER BY x.seq LIMIT 1) first ON true`;

type Positioned = FindingRow & { readonly position: string };

/** Reads findings. `asOf` asks for what was known then: state, assignee and words as they stood at a block or time. */
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
    asOf: AsOf = NOW,
  ): Promise<Page<FindingRow>> {
    const values: unknown[] = boundsOf(asOf);
    const conditions = conditionsOf(filter, values);
    if (page.after) conditions.push(`c.seq < $${values.push(positionOf(page.after))}`);
    const rows: Positioned[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, c.seq::text AS position FROM ${CURRENT}
       WHERE ${conditions.join(' AND ')} ORDER BY c.seq DESC LIMIT ${page.first + 1}`,
      values,
    );
    return pageOf(rows, page.first, ({ position }) => [position]);
  }

  /** One finding, undefined when nobody knows it or it was not there then. */
  public async find(id: string, asOf: AsOf = NOW): Promise<FindingRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const [row]: FindingRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM ${CURRENT} WHERE f.id = $3`,
      [...boundsOf(asOf), id],
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

  /** How many findings stood, by rule. */
  public async countByRule(
    asOf: AsOf = NOW,
  ): Promise<{ readonly rule: string; readonly severity: string; readonly count: number }[]> {
    return this.dataSource.query(
      `SELECT f.rule, c.severity, count(*)::integer AS count FROM ${CURRENT} WHERE c.state <> 'WITHDRAWN'
       GROUP BY f.rule, c.severity ORDER BY length(f.rule), f.rule`,
      boundsOf(asOf),
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
    (subjects) =>
      `(f.subject = ANY(${subjects}::text[]) OR EXISTS (SELECT FROM finding_member m WHERE m.subject = ANY(${subjects}::text[])
        AND m.rule = f.rule AND m.cause = f.subject AND m.violation_key = f.violation_key))`,
  );
  if (filter.event) {
    where(UUID.test(filter.event) ? [filter.event] : [], (events) => `c.evidence && ${events}::uuid[]`);
  }
  return conditions;
}

/** Block and time up to which changes count, as the first two parameters. */
function boundsOf(asOf: AsOf): unknown[] {
  return [asOf.kind === 'BLOCK' ? asOf.block.toString() : null, asOf.kind === 'TIME' ? asOf.time : null];
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
