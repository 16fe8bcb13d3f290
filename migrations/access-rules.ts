/** Who may see a row, and who may write it, as conditions of row-level security (docs/access.md). */
export interface AccessRule {
  /** Rows that a viewer sees. */
  readonly see: string;
  /** Rows that a viewer may bring about; absent where the api writes none. */
  readonly write?: string;
  /** What the api's writer does to the table besides reading. */
  readonly verbs?: 'INSERT' | 'INSERT, UPDATE' | 'INSERT, DELETE' | 'INSERT, UPDATE, DELETE';
}

/** Functions are called in sub-selects, so that they run once a statement and not once a row. */
const OWN = 'ANY ((SELECT viewer_partners())::text[])';
const SHOWN = 'ANY ((SELECT shown_partners())::text[])';
const HIDDEN = '((SELECT hidden_partners())::text[])';
const EVERYBODY = '(SELECT sees_everybody())';

/** Whether the rows of the partner in a column are shown to the viewer as a whole. */
const shown = (column: string): string =>
  `${EVERYBODY} OR ${column} = ${SHOWN} OR ((SELECT is_open_by_default()) AND ${column} <> ALL ${HIDDEN})`;
/** The same for what several partners' rows went into: all of them must be shown. */
const allShown = (column: string): string =>
  `${EVERYBODY} OR (cardinality(${column}) > 0 AND (${column} <@ (SELECT shown_partners())::text[]
    OR ((SELECT is_open_by_default()) AND NOT ${column} && ${HIDDEN})))`;
const granted = (column: string, found = 'event_id'): string =>
  `((SELECT has_grants()) AND ${column} IN (SELECT ${found} FROM granted_events(false)))`;
/** Rows that hang on a row of another table, which is judged by its own rule. */
const of = (table: string, condition: string): string =>
  `${EVERYBODY} OR EXISTS (SELECT FROM ${table} parent WHERE ${condition})`;
const own = (column: string): string => `${column} = ${OWN}`;
const ownOf = (table: string, condition: string): string =>
  `EXISTS (SELECT FROM ${table} parent WHERE ${condition} AND parent.partner = ${OWN})`;

const eventPart: AccessRule = {
  see: `${shown('partner')} OR ${granted('event_id')}`,
  write: own('partner'),
  verbs: 'INSERT',
};
const ofJob: AccessRule = {
  see: of('capture_job', 'parent.id = job_id'),
  write: ownOf('capture_job', 'parent.id = job_id'),
  verbs: 'INSERT',
};
const ofText: AccessRule = { see: of('text', 'parent.id = text_id') };
const ofSeries: AccessRule = { see: of('series', 'parent.id = series_id') };
const ofRecall = {
  write: ownOf('recall', 'parent.id = recall_id'),
  verbs: 'INSERT',
} as const;
/** A recall shows its whole list to its opener and to whom the opener's rows are shown. */
const recallShown = `EXISTS (SELECT FROM recall parent WHERE parent.id = recall_id AND (${shown('parent.partner')}))`;

/** Every table that holds what partners sent or what was made of it. */
export const accessRules: Readonly<Record<string, AccessRule>> = {
  epcis_event: { see: `${shown('partner')} OR ${granted('id')}`, write: own('partner'), verbs: 'INSERT' },
  event_item: eventPart,
  event_biz_tx: eventPart,
  event_source_dest: eventPart,
  edge: { see: eventPart.see },
  event_correction: {
    see: `${shown('partner')} OR ${granted('event_hash', 'event_hash')}`,
    write: own('partner'),
    verbs: 'INSERT',
  },
  logistic_unit: { see: of('event_item', 'parent.uri = logistic_unit.uri') },
  capture_job: {
    see: `${shown('partner')} OR ${granted('id', 'capture_job')}`,
    write: own('partner'),
    verbs: 'INSERT, UPDATE',
  },
  capture_error: ofJob,
  capture_job_profile: ofJob,
  capture_prefix: {
    see: of('capture_job', 'parent.id = capture_job'),
    write: ownOf('capture_job', 'parent.id = capture_job'),
    verbs: 'INSERT',
  },
  capture_document: { see: shown('partner'), write: own('partner'), verbs: 'INSERT, UPDATE' },
  capture_document_piece: { see: shown('partner'), write: own('partner'), verbs: 'INSERT, DELETE' },
  master_data: { see: shown('partner'), write: own('partner'), verbs: 'INSERT, UPDATE' },
  site: { see: shown('partner') },
  product_class: { see: shown('partner') },
  partner_profile: {
    see: `partner IS NULL OR ${shown('partner')}`,
    write: own('partner'),
    verbs: 'INSERT, UPDATE',
  },
  partner_prefix: { see: shown('partner') },
  anchor_queue: eventPart,
  anchor_batch: {
    see: `${shown('partner')} OR ((SELECT has_grants()) AND id IN (SELECT batch_id FROM granted_batches()))`,
  },
  anchor_leaf: {
    see: `${of('anchor_batch', `parent.id = batch_id AND (${shown('parent.partner')})`)} OR ${granted('event_id')}`,
  },
  finding: { see: allShown('partners') },
  finding_change: {
    see: of('finding', 'parent.id = finding_id'),
    write: 'EXISTS (SELECT FROM finding parent WHERE parent.id = finding_id)',
    verbs: 'INSERT',
  },
  finding_member: {
    see: `${EVERYBODY} OR NOT EXISTS (SELECT FROM unnest(evidence) AS seen (id)
      WHERE NOT EXISTS (SELECT FROM epcis_event parent WHERE parent.id = seen.id))`,
  },
  recall: {
    see: `${shown('partner')} OR id = ANY ((SELECT recalls_told())::text[])`,
    write: own('partner'),
    verbs: 'INSERT, UPDATE',
  },
  recall_item: { see: `${own('holder')} OR ${recallShown}`, ...ofRecall },
  recall_message: { see: `${own('partner')} OR ${recallShown}`, ...ofRecall },
  recall_drill_answer: { see: `${own('partner')} OR ${recallShown}`, write: own('partner'), verbs: 'INSERT' },
  series: { see: shown('partner') },
  observation: ofSeries,
  forecast: ofSeries,
  forecast_score: ofSeries,
  anomaly: ofSeries,
  anomaly_label: {
    ...ofSeries,
    write: 'EXISTS (SELECT FROM series parent WHERE parent.id = series_id)',
    verbs: 'INSERT, UPDATE',
  },
  text: { see: shown('partner'), write: own('partner'), verbs: 'INSERT' },
  text_entity: ofText,
  text_link: { ...ofText, write: ownOf('text', 'parent.id = text_id'), verbs: 'INSERT' },
  text_anchor_queue: { see: shown('partner'), write: own('partner'), verbs: 'INSERT' },
  text_leaf: ofText,
  text_label: { see: of('text', 'parent.text_sha256 = text_label.text_sha256') },
  text_label_correction: {
    see: of('text', 'parent.text_sha256 = text_label_correction.text_sha256'),
    write: 'EXISTS (SELECT FROM text parent WHERE parent.text_sha256 = text_label_correction.text_sha256)',
    verbs: 'INSERT',
  },
  text_topic: { see: allShown('partners') },
  text_topic_member: ofText,
  // Words of all texts: nobody learns from them what a text holds that is hidden.
  text_lexeme: { see: EVERYBODY },
  named_query: { see: shown('partner'), write: own('partner'), verbs: 'INSERT, DELETE' },
  // Addresses and secrets of webhooks are nobody else's, whatever a partner shows.
  webhook_endpoint: { see: own('partner'), write: own('partner'), verbs: 'INSERT, UPDATE, DELETE' },
  query_subscription: {
    see: ownOf('webhook_endpoint', 'parent.id = query_subscription.id'),
    write: ownOf('webhook_endpoint', 'parent.id = query_subscription.id'),
    verbs: 'INSERT, UPDATE, DELETE',
  },
  webhook_delivery: {
    see: `${ownOf('webhook_endpoint', 'parent.id = endpoint_id')} OR id IN (SELECT recall_deliveries())`,
    write: ownOf('webhook_endpoint', 'parent.id = endpoint_id'),
    verbs: 'INSERT, UPDATE',
  },
  partner_sharing: { see: own('partner'), write: own('partner'), verbs: 'INSERT, UPDATE' },
  data_grant: {
    see: `${own('owner')} OR grantee = ANY ((SELECT viewer_addresses())::text[])`,
    write: own('owner'),
    verbs: 'INSERT, UPDATE',
  },
  data_read: { see: own('owner') },
};

/** Tables that a later migration makes and guards: figures over all partners, for those to whom all show everything. */
export const laterRules = {
  lead_time: { see: EVERYBODY },
  lead_time_run: { see: EVERYBODY },
} as const satisfies Readonly<Record<string, AccessRule>>;

/** Streams of readings, guarded by the migration that makes them. */
export const readingRules: Readonly<Record<string, AccessRule>> = {
  reading_stream: { see: shown('partner') },
};

/** Streams of events, guarded by the migration that makes them. What is said of an event tells of the others of its sender. */
export const eventStreamRules: Readonly<Record<string, AccessRule>> = {
  event_stream: { see: shown('partner') },
};

/** What partners say of prices and promotions, guarded by the migration that makes the table. It is never changed, only said anew. */
export const statementRules: Readonly<Record<string, AccessRule>> = {
  covariate_statement: { see: shown('partner'), write: own('partner'), verbs: 'INSERT' },
};

/** Forecasts that get no score, guarded by the migration that makes the table. */
export const leftOutRules: Readonly<Record<string, AccessRule>> = { forecast_left_out: ofSeries };

/** Tables without a partner's data besides the chain's facts: everybody reads them. */
export const publicTables: readonly string[] = [
  'anomaly_level',
  'anomaly_scan',
  'audit_progress',
  'audit_rule_set',
  'audit_rule_setting',
  'forecast_run',
  'model_drift_alarm',
  'model_runtime',
  'model_shadow',
  'product_measure',
  'stage_state',
  'text_topic_run',
];

/** Tables of which a later migration says that everybody reads them. */
export const laterPublicTables: readonly string[] = ['forecast_plan', 'forecast_shard'];

/** What the api's writer does to public tables and to queues, which name events and tell nothing of them. */
export const writerGrants: Readonly<Record<string, string>> = {
  anomaly_level: 'INSERT',
  ballot: 'INSERT, UPDATE',
  edge_queue: 'INSERT',
  product_measure: 'INSERT, UPDATE, DELETE',
};

/** Tables with a `chain_id` that are our own books and not the chain's facts. */
export const chainBooks: readonly string[] = ['chain_transaction', 'proposal_notice'];

/** SQL that guards a table, for migrations that make one. */
export function guarded(table: string, { see, write, verbs }: AccessRule): string {
  const written =
    write === undefined
      ? ''
      : `GRANT ${verbs} ON ${table} TO tallyhouse_writer;
         CREATE POLICY written ON ${table} TO tallyhouse_writer USING (${write}) WITH CHECK (${write});`;
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    GRANT SELECT ON ${table} TO tallyhouse_reader, tallyhouse_writer;
    CREATE POLICY seen ON ${table} FOR SELECT TO tallyhouse_reader, tallyhouse_writer USING (${see});
    ${written}`;
}

/** The rules of all tables, whichever migration made them. */
export const everyRule: Readonly<Record<string, AccessRule>> = {
  ...accessRules,
  ...laterRules,
  ...readingRules,
  ...eventStreamRules,
  ...statementRules,
  ...leftOutRules,
};
