const NAMED = /0x[0-9a-f]{40}(?![0-9a-f])|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const MAX_MENTIONS = 100_000;
/** Tables whose rows may be another partner's, by their names and by how these begin; a statement of none reads what is public. */
const TABLES = [
  ...['epcis_event', 'edge', 'shared_event', 'logistic_unit', 'text', 'webhook_delivery', 'named_query'],
  ...['master_data', 'site', 'product_class', 'partner_profile', 'partner_prefix'],
  ...['series', 'observation', 'forecast', 'forecast_score', 'forecast_left_out', 'anomaly', 'anomaly_label'],
  ...['reading_stream', 'covariate_statement'],
];
const FAMILIES = ['anchor_', 'capture_', 'event_', 'finding', 'lead_time', 'recall', 'text_'];
const PARTNER_DATA = new RegExp(
  String.raw`\b(?:FROM|JOIN)\s+(?:(?:${TABLES.join('|')})\b|(?:${FAMILIES.join('|')})\w*)`,
  'i',
);

/** What the rows of an answer name. */
export interface Mentions {
  /** For each of `names`, the row that names it. */
  readonly rowNumbers: readonly number[];
  /** Ids of events, and other UUIDs, and addresses; '' for a row that names none. */
  readonly names: readonly string[];
}

/** Whether a statement reads tables in which partners' rows stand. */
export function readsPartnerData(sql: string): boolean {
  return PARTNER_DATA.test(sql);
}

/**
 * Ids and addresses that stand anywhere in the rows of an answer. A row that names none, such as a sum, has one empty name.
 *
 * @example mentionsOf([{ id: '11111111-1111-4111-8111-111111111111' }]).rowNumbers // [0]
 */
export function mentionsOf(result: unknown): Mentions {
  const rows: readonly unknown[] = Array.isArray(result) ? result : [];
  const rowNumbers: number[] = [];
  const names: string[] = [];
  for (const [number, row] of rows.entries()) {
    for (const name of new Set(JSON.stringify(row).match(NAMED) ?? [''])) {
      if (names.length >= MAX_MENTIONS) break;
      rowNumbers.push(number);
      names.push(name);
    }
  }
  return { rowNumbers, names };
}
