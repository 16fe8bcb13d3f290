import type { StatusReport } from './indexer-status.js';

type Endpoint = StatusReport['endpoints'][number];
type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number | null];
type Kind = 'gauge' | 'counter';

const OF_CHAIN: readonly (readonly [string, Kind, string, (report: StatusReport) => number | null])[] = [
  ['block_number', 'gauge', 'Last block that is indexed.', (report) => report.blockNumber],
  ['head_number', 'gauge', 'Head of the chain, as seen last.', (report) => report.headNumber],
  ['final_number', 'gauge', 'Last block that is final.', (report) => report.finalNumber],
  ['lag_blocks', 'gauge', 'Blocks between index and head.', (report) => report.lagBlocks],
  ['lag_seconds', 'gauge', 'Age of the last block that is indexed.', (report) => report.lagSeconds],
  ['following', 'gauge', '1 at the head, 0 otherwise.', ({ state }) => Number(state === 'FOLLOWING')],
  ['stopped', 'gauge', '1 once it needs a person, 0 otherwise.', ({ state }) => Number(state === 'STOPPED')],
  ['feed_live', 'gauge', '1 while new heads are told, 0 otherwise.', ({ feed }) => Number(feed === 'LIVE')],
  ['blocks_total', 'counter', 'Blocks indexed by this process.', (report) => report.blocksIndexed],
  ['facts_total', 'counter', 'Facts written by this process.', (report) => report.factsWritten],
  ['commits_total', 'counter', 'Transactions committed.', (report) => report.commits],
  ['reorgs_total', 'counter', 'Reorganisations undone.', (report) => report.rollbacks],
  ['blocks_verified_total', 'counter', 'Blocks proven by receipts.', (report) => report.blocksVerified],
];

const OF_ENDPOINT: readonly (readonly [string, Kind, string, (endpoint: Endpoint) => number | null])[] = [
  ['rpc_requests_total', 'counter', 'Questions to an endpoint.', ({ requests }) => requests],
  ['rpc_errors_total', 'counter', 'Questions that failed.', ({ errors }) => errors],
  ['rpc_refuted_total', 'counter', 'Answers that a hash refuted.', ({ refuted }) => refuted],
  [
    'rpc_overtaken_total',
    'counter',
    'Questions also put to another endpoint because this one was slow.',
    ({ overtaken }) => overtaken,
  ],
  ['rpc_height', 'gauge', 'Last block of an endpoint.', ({ height }) => height],
  ['rpc_latency_seconds', 'gauge', 'Time for a header.', ({ latencyMs }) => latencyMs / 1_000],
  ['rpc_resting_seconds', 'gauge', 'Not asked for so long.', ({ restsMs }) => restsMs / 1_000],
];

/** The reports, one a chain, in the text format of Prometheus, version 0.0.4. */
export function metricsText(reports: readonly StatusReport[]): string {
  const chain = ({ chainId }: StatusReport): Labels => ({ chain_id: String(chainId) });
  const ofChains = OF_CHAIN.map(([name, kind, help, value]) =>
    metric(
      name,
      kind,
      help,
      reports.map((report) => [chain(report), value(report)]),
    ),
  );
  const ofEndpoints = OF_ENDPOINT.map(([name, kind, help, value]) =>
    metric(
      name,
      kind,
      help,
      reports.flatMap((report) =>
        report.endpoints.map((each): Sample => [{ ...chain(report), endpoint: each.name }, value(each)]),
      ),
    ),
  );
  return [...ofChains, ...ofEndpoints].join('');
}

/** A metric without a value is left out, as the format wants it. */
function metric(name: string, kind: Kind, help: string, samples: readonly Sample[]): string {
  const full = `tallyhouse_indexer_${name}`;
  const lines = samples
    .filter(([, value]) => value !== null)
    .map(([labels, value]) => `${full}{${labelText(labels)}} ${value}\n`);
  return lines.length === 0 ? '' : `# HELP ${full} ${help}\n# TYPE ${full} ${kind}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`)
    .join(',');
}
