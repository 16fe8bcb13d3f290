const NAMED = /0x[0-9a-f]{40}(?![0-9a-f])|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const MAX_MENTIONS = 100_000;
/** Tables whose rows may be another partner's; a statement that names none of them reads what is public. */
const PARTNER_DATA =
  /\b(?:FROM|JOIN)\s+(?:epcis_event|event_\w+|edge|shared_event|capture_\w+|master_data|site|product_class|finding\w*|recall\w*|series|observation|forecast|forecast_score|anomaly|text|text_\w+|anchor_\w+|logistic_unit)\b/i;

/** What the rows of an answer name. */
export interface Mentions {
  /** For each of `names`, the row that names it. */
  readonly rowNumbers: readonly number[];
  /** Ids of events, and other UUIDs, and addresses. */
  readonly names: readonly string[];
  readonly rows: number;
}

/** Whether a statement reads tables in which partners' rows stand. */
export function readsPartnerData(sql: string): boolean {
  return PARTNER_DATA.test(sql);
}

/**
 * Ids and addresses that stand anywhere in the rows of an answer. Of an answer that names none, such as a sum, `names` is empty.
 *
 * @example mentionsOf([{ id: '11111111-1111-4111-8111-111111111111' }]).rowNumbers // [0]
 */
export function mentionsOf(result: unknown): Mentions {
  const rows: readonly unknown[] = Array.isArray(result) ? result : [];
  const rowNumbers: number[] = [];
  const names: string[] = [];
  for (const [number, row] of rows.entries()) {
    for (const name of new Set(JSON.stringify(row).match(NAMED))) {
      if (names.length >= MAX_MENTIONS) break;
      rowNumbers.push(number);
      names.push(name);
    }
  }
  return { rowNumbers, names, rows: rows.length };
}
