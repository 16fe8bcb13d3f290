import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { TextKind } from '../texts/text-record.js';

/** Which texts; every given field must match. */
export interface TextFilter {
  readonly kind?: TextKind | null;
  readonly language?: string | null;
  readonly partner?: string | null;
  /** Written at or after. */
  readonly from?: Date | null;
  /** Written before. */
  readonly to?: Date | null;
  /** Item, lot, product, site or partner that the text is linked to, in any form of identifier. */
  readonly about?: string | null;
  /** Value of an entity as it is stored, such as `LOT-7` or `2026-03-01`. */
  readonly entity?: string | null;
  /** Leaves out all texts of a group of near-duplicates but its first. */
  readonly distinct?: boolean | null;
}

/** A condition on table `text` named `t`; `sql` takes the number of its first parameter. */
export interface SqlCondition {
  readonly sql: (firstParameter: number) => string;
  readonly values: readonly unknown[];
}

/** Only what is asked for reaches the statement, so that Postgres can choose an index for it. */
export function conditionOf(filter: TextFilter): SqlCondition {
  const parts: ((parameter: string) => string)[] = [];
  const values: unknown[] = [];
  const where = (value: unknown, part: (parameter: string) => string): void => {
    if (value === null || value === undefined || value === '') return;
    parts.push(part);
    values.push(value);
  };
  where(filter.kind, (kind) => `t.kind = ${kind}`);
  where(filter.language, (language) => `t.language = ${language}`);
  where(filter.partner?.toLowerCase(), (partner) => `t.partner = ${partner}`);
  where(filter.from, (from) => `t.written_at >= ${from}`);
  where(filter.to, (to) => `t.written_at < ${to}`);
  where(
    filter.about && normalizeIdentifier(filter.about),
    (uri) => `t.id IN (SELECT l.text_id FROM text_link l WHERE l.uri = ${uri})`,
  );
  where(filter.entity, (value) => `t.id IN (SELECT e.text_id FROM text_entity e WHERE e.value = ${value})`);
  const distinct = filter.distinct ? ['t.duplicate_of IS NULL'] : [];
  return {
    sql: (first) =>
      [...parts.map((part, index) => part(`$${first + index}`)), ...distinct].join(' AND ') || 'true',
    values,
  };
}

export function isEmpty(filter: TextFilter): boolean {
  return conditionOf(filter).sql(1) === 'true';
}
