import { ShardProgressReader, type ShardProgressRow } from '@tallyhouse/forecasting';
import { withDatabase } from '../audit-options.js';

const SHOWN = 10;

const SAID: Readonly<Record<ShardProgressRow['phase'], string>> = {
  WAITING: 'waiting for the runs of versions in force',
  FORECASTING: 'forecasting',
  SETTLING: 'bringing sums and parts together',
  WRITING: 'storing',
  CLOSING: 'making the root',
  STORED: 'stored',
  KNOWN: 'nothing to do',
  ABANDONED: 'given up',
};

/** `tallyhouse forecast progress`: runs over many series, as all workers make them. */
export async function forecastProgress(options: { readonly stateDir: string }): Promise<void> {
  const rows = await withDatabase(options, (dataSource) => new ShardProgressReader(dataSource).latest(SHOWN));
  const lines =
    rows.length === 0
      ? ['no run was cut into shards yet; FORECAST_SHARD_SERIES says above how many series one is']
      : rows.map(progressLine);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** One line of a run: what it does, how far it is and when it is expected to be stored. */
export function progressLine(row: ShardProgressRow): string {
  const { shards, shardsForecast, shardsWritten, finishedAt, expectedAt, phaseExpectedAt, reason } = row;
  const minute = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const parts = [
    `${minute(row.plannedAt)}  ${row.family}${row.isShadow ? ' in shadow' : ''}, ${row.series} ${row.frequency.toLowerCase()} series`,
    `${SAID[row.phase]}${reason === null ? '' : `: ${reason}`}`,
    `${shardsForecast} of ${shards} shards forecast, ${shardsWritten} stored`,
    ...(row.retries > 0 ? [`${row.retries} begun again`] : []),
    ...(finishedAt ? [`ended ${minute(finishedAt)}`] : []),
    ...(expectedAt ? [`expected ${minute(expectedAt)}`] : []),
    ...(!expectedAt && phaseExpectedAt ? [`this phase until ${minute(phaseExpectedAt)}`] : []),
  ];
  return parts.join('; ');
}
