import type { Readable } from 'node:stream';
import { bulkInsert } from '@tallyhouse/database';
import { gtinClass, type EpcisEvent } from '@tallyhouse/epcis';
import {
  CaptureService,
  readScms,
  SCMS_CONTEXT,
  scmsCollisions,
  scmsEvents,
  scmsProducts,
  scmsSites,
  type ScmsLine,
  type ScmsRow,
} from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

/** A line that was not taken, and why. */
export type ScmsRefusal = Extract<ScmsLine, { ok: false }>;

export interface ScmsImportOptions {
  readonly dataSource: DataSource;
  /** Address of the partner in whose name the lines are captured, lower case. */
  readonly partner: string;
  readonly onRefusal: (refusal: ScmsRefusal, count: number) => void;
  readonly onProgress: (events: number) => void;
}

/** What became of a file. */
export interface ScmsSummary {
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly seconds: number;
}

const LINES_A_DOCUMENT = 250;
const UNKNOWN_COUNTRY = 'unknown';

/** Reads the file, captures four events for each good line, and counts good and bad ones. */
export async function importScms(file: Readable, options: ScmsImportOptions): Promise<ScmsSummary> {
  const startedMs = Date.now();
  const rows: ScmsRow[] = [];
  let refused = 0;
  for await (const line of readScms(file)) {
    if (line.ok) rows.push(line.row);
    else options.onRefusal(line, ++refused);
  }
  refuseCollisions(rows);
  await storeMasterData(rows, options);
  const counts = await captureRows(rows, options);
  const seconds = (Date.now() - startedMs) / 1_000;
  return { lines: rows.length + refused, accepted: rows.length, refused, ...counts, seconds };
}

function refuseCollisions(rows: readonly ScmsRow[]): void {
  const [first] = scmsCollisions(rows);
  if (!first) return;
  throw new CliError(
    `two names of the file lead to the same identifier ${first.key}: ${first.names.join(' and ')}`,
    'rename one of them in the file; their events would be mixed up',
  );
}

async function storeMasterData(
  rows: readonly ScmsRow[],
  { dataSource, partner }: ScmsImportOptions,
): Promise<void> {
  const sites = scmsSites(rows).map((site) => [
    site.uri,
    site.name,
    site.country ?? UNKNOWN_COUNTRY,
    site.kind,
    partner,
  ]);
  const siteColumns = { uri: 'text', name: 'text', country: 'text', kind: 'text', partner: 'text' };
  await bulkInsert(dataSource.manager, 'site', siteColumns, sites, 'ON CONFLICT DO NOTHING');
  const products = scmsProducts(rows).map((product) => [
    gtinClass(product.gtin),
    product.name,
    product.group,
    partner,
  ]);
  const productColumns = { uri: 'text', name: 'text', product_group: 'text', partner: 'text' };
  await bulkInsert(dataSource.manager, 'product_class', productColumns, products, 'ON CONFLICT DO NOTHING');
}

async function captureRows(
  rows: readonly ScmsRow[],
  options: ScmsImportOptions,
): Promise<Pick<ScmsSummary, 'events' | 'stored' | 'duplicate'>> {
  const capture = new CaptureService(options.dataSource);
  const counts = { events: 0, stored: 0, duplicate: 0 };
  for (let from = 0; from < rows.length; from += LINES_A_DOCUMENT) {
    const events = rows.slice(from, from + LINES_A_DOCUMENT).flatMap(scmsEvents);
    const outcome = await capture.capture(documentOf(events), {
      partner: options.partner,
      errorBehaviour: 'ROLLBACK',
    });
    if (outcome.state !== 'SUCCEEDED') {
      throw new CliError(
        `capture job ${outcome.id} refused events made from lines ${from + 1} on`,
        'see its errors in capture_error',
      );
    }
    counts.events += outcome.total;
    counts.stored += outcome.stored;
    counts.duplicate += outcome.duplicate;
    options.onProgress(counts.events);
  }
  return counts;
}

function documentOf(events: readonly EpcisEvent[]): object {
  const creationDate = events[0]?.eventTime ?? '';
  return {
    '@context': SCMS_CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate,
    epcisBody: { eventList: events },
  };
}
