import { ReadError } from './graphql-client.js';
import { keepFresh } from './session/session-keeper.js';

const TIMEOUT_MS = 60_000;

/** Tables that the api writes to files, and how. */
export type TableName = 'forecasts' | 'track-record' | 'anomalies';
export type TableFormat = 'csv' | 'parquet';

/** Reads a file as who is signed in; a plain link would be followed with tokens that may have ended. */
export async function readTable(
  table: TableName,
  format: TableFormat,
  asked: Readonly<Record<string, string>>,
): Promise<Blob> {
  await keepFresh();
  const address = `/tables/${table}.${format}?${new URLSearchParams(asked)}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
    throw new ReadError('UNREACHABLE', 'The Tallyhouse api does not answer.');
  });
  if (response.ok) return response.blob();
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw new ReadError('TABLE', message ?? `the file was answered with status ${response.status}`);
}
