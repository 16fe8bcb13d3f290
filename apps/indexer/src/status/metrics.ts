import type { StatusReport } from './indexer-status.js';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number | null];

/** The report in the text format of Prometheus, version 0.0.4. */
export function metricsText(report: StatusReport): string {
  const chain = { chain_id: String(report.chainId) };
  const { endpoints } = report;
  const each = (value: (endpoint: StatusReport['endpoints'][number]) => number | null): Sample[] =>
    endpoints.map((endpoint) => [{ ...chain, endpoint: endpoint.name }, value(endpoint)]);
  const one = (value: number | null): Sample[] => [[chain, value]];
  return [
    metric('block_number', 'gauge', 'Last block that is indexed.', one(report.blockNumber)),
    metric('head_number', 'gauge', 'Head of the chain, as seen last.', one(report.headNumber)),
    metric('lag_blocks', 'gauge', 'Blocks between index and head.', one(report.lagBlocks)),
    metric('lag_seconds', 'gauge', 'Age of the last block that is indexed.', one(report.lagSeconds)),
    metric('following', 'gauge', '1 at the head, 0 otherwise.', one(report.state === 'FOLLOWING' ? 1 : 0)),
    metric('blocks_total', 'counter', 'Blocks indexed by this process.', one(report.blocksIndexed)),
    metric('facts_total', 'counter', 'Facts written by this process.', one(report.factsWritten)),
    metric('commits_total', 'counter', 'Transactions committed.', one(report.commits)),
    metric('reorgs_total', 'counter', 'Reorganisations undone.', one(report.rollbacks)),
    metric('blocks_verified_total', 'counter', 'Blocks proven by receipts.', one(report.blocksVerified)),
    metric(
      'rpc_requests_total',
      'counter',
      'Questions to an endpoint.',
      each(({ requests }) => requests),
    ),
    metric(
      'rpc_errors_total',
      'counter',
      'Questions that failed.',
      each(({ errors }) => errors),
    ),
    metric(
      'rpc_refuted_total',
      'counter',
      'Answers that a hash refuted.',
      each(({ refuted }) => refuted),
    ),
    metric(
      'rpc_height',
      'gauge',
      'Last block of an endpoint.',
      each(({ height }) => height),
    ),
    metric(
      'rpc_latency_seconds',
      'gauge',
      'Time for a header.',
      each(({ latencyMs }) => latencyMs / 1_000),
    ),
    metric(
      'rpc_resting_seconds',
      'gauge',
      'Not asked for so long.',
      each(({ restsMs }) => restsMs / 1_000),
    ),
  ].join('');
}

/** A metric without a value is left out, as the format wants it. */
function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string {
  const full = `tallyhouse_indexer_${name}`;
  const lines = samples
    .filter(([, value]) => value !== null)
    .map(([labels, value]) => `${full}{${labelText(labels)}} ${value}\n`);
  return lines.length === 0 ? '' : `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`)
    .join(',');
}
