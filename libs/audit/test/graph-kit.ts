import { CaptureService } from '@tallyhouse/supply-chain';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../../migrations/data-source.js';
import { EdgeBuilder } from '../src/trace/edge-builder.service.js';
import { TraceReader } from '../src/trace/trace.reader.js';

export const PARTNER = '0x00000000000000000000000000000000000000a1';

/** Emptied one by one: few rows are deleted sooner than hundreds of partitions are truncated. */
const TABLES = [
  ...[
    'capture_error',
    'capture_job',
    'epcis_event',
    'event_item',
    'event_biz_tx',
    'event_source_dest',
    'anchor_queue',
  ],
  ...['anchor_batch', 'event_correction', 'edge', 'edge_queue', 'trace_anchored', 'trace_error_declared'],
  ...['custody_offered', 'custody_accepted', 'custody_rejected', 'site', 'product_measure', 'recall'],
];

/** A migrated database into which events are captured as partners do it. */
export interface GraphStore {
  readonly source: ReturnType<typeof migrationDataSource>;
  readonly builder: EdgeBuilder;
  readonly traces: TraceReader;
  /** Captures events and writes their edges; fails when one is refused. */
  take(events: readonly EpcisEvent[], partner?: string): Promise<void>;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openGraph(): Promise<GraphStore> {
  const postgres = await startPostgres();
  const source = await migrationDataSource(await postgres.createTestDatabase('graph')).initialize();
  await source.runMigrations();
  const captures = new CaptureService(source);
  const builder = new EdgeBuilder(source);
  return {
    source,
    builder,
    traces: new TraceReader(source),
    take: async (events, partner = PARTNER) => {
      const outcome = await captures.capture(documentOf(events), { partner, errorBehaviour: 'ROLLBACK' });
      if (outcome.state !== 'SUCCEEDED')
        throw new Error(JSON.stringify(await source.query('SELECT * FROM capture_error LIMIT 5')));
      await builder.run();
    },
    rows: async (sql, values = []) => source.query(sql, values),
    empty: async () => {
      for (const table of TABLES) await source.query(`DELETE FROM ${table}`);
    },
    close: async () => {
      await source.destroy();
      await postgres.stop();
    },
  };
}

export function documentOf(events: readonly EpcisEvent[]): object {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-06T00:00:00Z',
    epcisBody: { eventList: events },
  };
}
