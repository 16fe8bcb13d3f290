import { asWriter, asViewer, homeChain, scopedDataSource, type Viewer } from '@tallyhouse/database';
import { events, simulate, toDocument } from '@tallyhouse/simulation';
import { CaptureService, GrantRepository } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../migrations/data-source.js';

const WORLD = { seed: 5, start: '2023-01-01', months: 24, scale: 1 };
const EVENTS_A_DOCUMENT = 250;
const MAX_CONNECTIONS = 2;

export const partnerOf = (number: number): string => `0x${number.toString(16).padStart(40, 'a')}`;
/** Whose events are read, to whom everything of it was granted, and to whom its events at one place were. */
export const [OWNER, FRIEND, NEIGHBOUR] = [partnerOf(0), partnerOf(900), partnerOf(901)];

/** Partners that send as many events each, in turns, so that their rows lie side by side. */
export async function fill(url: string, partners: number, eventsEach: number): Promise<void> {
  const source = await migrationDataSource(url).initialize();
  await source.runMigrations();
  const captures = new CaptureService(source);
  const stream = events(simulate(WORLD))[Symbol.iterator]();
  for (let sent = 0; sent < eventsEach; sent += EVENTS_A_DOCUMENT)
    for (let partner = 0; partner < partners; partner++) {
      const some = Array.from({ length: EVENTS_A_DOCUMENT }, () => stream.next().value!.event);
      const document = Buffer.from(JSON.stringify(toDocument(some, '2025-01-01T00:00:00Z')));
      const { stored } = await captures.capture(document, {
        ...{ partner: partnerOf(partner), errorBehaviour: 'ROLLBACK' },
      });
      if (stored !== EVENTS_A_DOCUMENT)
        throw new Error(`${stored} of ${EVENTS_A_DOCUMENT} events were stored`);
    }
  await source.query('VACUUM ANALYZE');
  await source.destroy();
}

/** Connections of the api: outside any scope the owner's. */
export async function connect(url: string, partnerData: 'open' | 'private'): Promise<DataSource> {
  const options = `${homeChain(31_337)} -c tallyhouse.partner_data=${partnerData}`;
  return scopedDataSource(
    { type: 'postgres', url, extra: { max: MAX_CONNECTIONS, options } },
    'OWNER',
  ).initialize();
}

/** Grants everything of the owner to one, and its events at its busiest place to another; the place. */
export async function grantSome(source: DataSource): Promise<string> {
  const [{ place }] = await source.query<[{ place: string }]>(
    `SELECT biz_location AS place FROM epcis_event WHERE partner = $1 AND biz_location IS NOT NULL
     GROUP BY biz_location ORDER BY count(*) DESC LIMIT 1`,
    [OWNER],
  );
  const grants = new GrantRepository(source);
  const now = new Date();
  await asViewer(scopeOf(OWNER, false), () =>
    asWriter(async () => {
      await grants.add(OWNER, { grantee: FRIEND, kind: 'EVERYTHING' }, now);
      await grants.add(OWNER, { grantee: NEIGHBOUR, kind: 'SITE', resource: place }, now);
    }),
  );
  return place;
}

/** A scope as a request of a partner has it. */
export function scopeOf(partner: string | undefined, hasGrants: boolean): Parameters<typeof asViewer>[0] {
  const addresses = partner === undefined ? [] : [partner];
  const viewer: Viewer = { partners: addresses, addresses, hasGrants };
  return { viewer: () => Promise.resolve(viewer), operation: () => 'experiment' };
}
