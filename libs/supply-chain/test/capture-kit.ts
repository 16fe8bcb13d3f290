import { gtin, sgln, sgtin, type CaptureError, type EpcisEvent } from '@tallyhouse/epcis';
import { startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../../migrations/data-source.js';

export const PARTNER = '0x00000000000000000000000000000000000000A1';
export const OTHER_PARTNER = '0x00000000000000000000000000000000000000b2';

const PIECE = gtin('9521141', '01234');
const PLACE = sgln('9521141000014');

type Source = ReturnType<typeof migrationDataSource>;

/** A migrated database on a Postgres of its own. */
export interface TestStore {
  readonly source: Source;
  /** A further pool of connections to the same database. */
  connect(): Promise<Source>;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  count(table: string): Promise<number>;
  /** Empties every table that capture and anchoring write. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openStore(): Promise<TestStore> {
  const postgres = await startPostgres();
  const url = await postgres.createTestDatabase('capture');
  const sources: Source[] = [];
  const connect = async (): Promise<Source> => {
    const source = await migrationDataSource(url).initialize();
    sources.push(source);
    return source;
  };
  const source = await connect();
  await source.runMigrations();
  const rows = async <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => source.query(sql, values);
  return {
    source,
    connect,
    rows,
    count: async (table) => Number((await rows<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
    empty: async () => {
      await source.query(
        `TRUNCATE capture_job, epcis_event, event_item, event_biz_tx, event_source_dest, anchor_queue, anchor_batch,
          event_correction CASCADE`,
      );
    },
    close: async () => {
      for (const open of sources) await open.destroy();
      await postgres.stop();
    },
  };
}

/** A shipment of one piece; events of different numbers differ in time and serial. */
export function shipment(number: number): EpcisEvent {
  return {
    type: 'ObjectEvent',
    eventTime: new Date(Date.UTC(2026, 0, 5, 8) + number * 60_000).toISOString(),
    eventTimeZoneOffset: '+01:00',
    epcList: [sgtin(PIECE, String(number))],
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    readPoint: { id: PLACE },
    bizTransactionList: [{ type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:9521141000014:PO-${number}` }],
    sourceList: [{ type: 'location', source: PLACE }],
    destinationList: [{ type: 'location', destination: sgln('9521141000021') }],
  };
}

/** Shipments `from` to `from + count - 1`. */
export function shipments(from: number, count: number): EpcisEvent[] {
  return Array.from({ length: count }, (_, index) => shipment(from + index));
}

/** The shipment without its action, which the schema demands. */
export function faultyShipment(number: number): EpcisEvent {
  return { ...shipment(number), action: undefined };
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

export type StoredError = Pick<CaptureError, 'pointer' | 'rule'> & { event_index: number | null };

/** Polls until the condition holds. */
export async function until(condition: () => Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
