import { RUN_ID, SERIES_ID } from '../kit/forecast-rows.js';
import { FACTORY, piece } from '../kit/epcis-documents.js';

/** What the tests of isolation ask for by id. */
export interface SecretIds {
  readonly event: string;
  readonly otherEvent: string;
  readonly job: string;
  readonly text: string;
  readonly finding: string;
  readonly recall: string;
}

/** How a query is asked, and who besides the partner itself gets something by a grant of one piece. */
export interface Guarded {
  readonly args: (ids: SecretIds) => string;
  readonly grantedByItem: boolean;
  /** There is nothing to tell even to the partner itself: one text is no burst, and no event is of a food's lot. */
  readonly isQuiet?: boolean;
  /** Fields that are left out, since they would cost more than one operation may. */
  readonly without?: readonly string[];
}

const text = (value: string): string => JSON.stringify(value);
const hidden = (args: (ids: SecretIds) => string, without: readonly string[] = []): Guarded => ({
  args,
  grantedByItem: false,
  without,
});
const byItem = (args: (ids: SecretIds) => string, without: readonly string[] = []): Guarded => ({
  args,
  grantedByItem: true,
  without,
});
const RANGE = '{ from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" }';
const WINDOW = '{ from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }';

/**
 * A decision for every query: public, or a way to ask for what a partner sent. A query that is not here fails the test: say
 * what it tells of whom.
 */
export const DECISIONS: Readonly<Record<string, 'PUBLIC' | 'OWN' | 'OPERATORS' | Guarded>> = {
  // Governance, models, what is on chain, and what the asker brings along.
  account: 'PUBLIC',
  anomalyLevel: 'PUBLIC',
  auditRules: 'PUBLIC',
  ballotToSign: 'PUBLIC',
  classify: 'PUBLIC',
  custody: 'PUBLIC',
  custodyOffersMade: 'PUBLIC',
  delegates: 'PUBLIC',
  deliveryCounts: 'PUBLIC',
  entities: 'PUBLIC',
  forecastProgress: 'PUBLIC',
  forecastRuns: 'PUBLIC',
  indexStatus: 'PUBLIC',
  indexStatuses: 'PUBLIC',
  jobs: 'PUBLIC',
  mayRetryJobs: 'PUBLIC',
  models: 'PUBLIC',
  backtest: 'PUBLIC',
  modelDrift: 'PUBLIC',
  modelVersion: 'PUBLIC',
  partners: 'PUBLIC',
  partnersSpokenFor: 'PUBLIC',
  productMeasures: 'PUBLIC',
  proposal: 'PUBLIC',
  proposals: 'PUBLIC',
  relayedBallot: 'PUBLIC',
  relayedBallots: 'PUBLIC',
  relayer: 'PUBLIC',
  viewer: 'PUBLIC',
  votingPower: 'PUBLIC',
  whatIfVersions: 'PUBLIC',
  // Of the asker alone, whatever anybody grants.
  apiKeys: 'OWN',
  sharing: 'OWN',
  grants: 'OWN',
  sharedEvents: 'OWN',
  readAudit: 'OWN',
  // Whatever they name, of whomever: for accounts of OPERATOR_ACCOUNTS (jobs.spec.ts).
  deadDeliveries: 'OPERATORS',
  jobFailures: 'OPERATORS',
  // What partners sent, and what was made of it.
  anchorBatches: byItem(() => 'first: 5'),
  anomalies: hidden(() => 'first: 5'),
  captureJob: byItem(({ job }) => `id: ${text(job)}`),
  custodyOffers: 'PUBLIC',
  epcisExport: byItem(() => `range: ${RANGE}`),
  event: byItem(({ event }) => `id: ${text(event)}`),
  events: byItem(() => 'first: 20'),
  finding: hidden(({ finding }) => `id: ${text(finding)}`),
  findings: hidden(() => 'first: 2'),
  forecast: hidden(() => `seriesId: ${text(SERIES_ID)}, runId: ${text(RUN_ID)}`),
  forecastTrackRecord: hidden(() => ''),
  fsmaSheet: { ...hidden(() => `range: ${RANGE}`), isQuiet: true },
  item: byItem(() => `uri: ${text(piece(1))}`),
  itemReport: byItem(() => `uri: ${text(piece(1))}`),
  massBalance: hidden(
    () => `site: ${text(FACTORY)}, class: "https://id.gs1.org/01/09521141012345", window: ${RANGE}`,
  ),
  leadTime: { ...hidden(() => ''), isQuiet: true },
  masterData: hidden(() => `id: ${text(FACTORY)}`),
  partnerProfiles: hidden(() => `partner: "0x${'a1'.repeat(20)}"`),
  proof: byItem(({ event }) => `eventId: ${text(event)}`),
  proofBundle: byItem(({ event }) => `eventId: ${text(event)}`),
  recall: hidden(({ recall }) => `id: ${text(recall)}`),
  recallCriteria: hidden(({ text: id }) => `textId: ${text(id)}`),
  recallPreview: byItem(() => `criteria: { items: [${text(piece(1))}] }`),
  recalls: hidden(() => ''),
  series: hidden(() => 'first: 2'),
  seriesById: hidden(() => `id: ${text(SERIES_ID)}`),
  text: hidden(({ text: id }) => `id: ${text(id)}`),
  textCovariate: hidden(() => `window: ${WINDOW}`),
  textProof: hidden(({ text: id }) => `textId: ${text(id)}`),
  textProofBundle: hidden(({ text: id }) => `textId: ${text(id)}`),
  texts: hidden(() => 'first: 2'),
  topics: hidden(() => `window: ${WINDOW}`),
  trace: byItem(() => `uri: ${text(piece(1))}, direction: FORWARD`),
  whatIf: {
    ...hidden(() => `input: { seriesId: ${text(SERIES_ID)}, changes: "price +10 %" }`),
    isQuiet: true,
  },
  trends: { ...hidden(() => `window: ${WINDOW}`), isQuiet: true },
};
