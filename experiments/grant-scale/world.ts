import { asViewer, homeChain, scopedDataSource, type Viewer } from '@tallyhouse/database';
import type { NewGrant } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../migrations/data-source.js';

const partnerOf = (number: number): string => `0x${number.toString(16).padStart(40, 'b')}`;
/** The owner sends every second event, so that its rows lie beside those of the other. */
export const [OWNER, OTHER] = [partnerOf(0), partnerOf(1)];
const UNIT = 'https://id.gs1.org/00/106141412345678908';
const lotOf = (size: number): string => `https://id.gs1.org/01/09521141012345/10/L${size}`;
const productOf = (size: number): string => `https://id.gs1.org/01/${String(size).padStart(14, '0')}`;
const siteOf = (size: number): string => `https://id.gs1.org/414/${String(size).padStart(13, '0')}`;
const START = '2025-01-01Z';

/** One grant a reader: what it is of, and how many events it covers. */
export interface Granted {
  readonly name: string;
  readonly reader: string;
  readonly kind: NewGrant['kind'];
  readonly covers: number;
  readonly resource?: string;
  readonly followsCustody?: boolean;
}

/** Grants of each kind and size; readers are numbered after them. */
export function grantsOf(sizes: readonly number[]): Granted[] {
  const all: Omit<Granted, 'reader'>[] = [
    ...sizes.map((covers) => ({ name: `events of a time, ${covers}`, kind: 'EVENTS' as const, covers })),
    ...sizes.map((covers) => ({
      name: `a place, ${covers}`,
      kind: 'SITE' as const,
      covers,
      resource: siteOf(covers),
    })),
    ...sizes.map((covers) => ({
      name: `a lot, ${covers}`,
      kind: 'ITEM' as const,
      covers,
      resource: lotOf(covers),
    })),
    ...sizes.map((covers) => ({
      ...{ name: `a product, ${covers}`, kind: 'PRODUCT' as const, covers, resource: productOf(covers) },
    })),
    { name: 'a unit, by custody, 10', kind: 'ITEM', covers: 10, resource: UNIT, followsCustody: true },
  ];
  return all.map((one, index) => ({ ...one, reader: partnerOf(100 + index) }));
}

/**
 * Events of two partners, a minute apart. Of each size there is a lot, a product and a place, of the owner's newest events: a page
 * of them is at the front of the list. Rows are put in by statements and not by capture: what is measured is how they are read.
 */
export async function fill(url: string, events: number, sizes: readonly number[]): Promise<void> {
  const source = await migrationDataSource(url).initialize();
  await source.runMigrations();
  await source.query('SET session_replication_role = replica');
  await source.query(EVENTS, [events, OWNER, OTHER]);
  await source.query('ANALYZE epcis_event');
  for (const [ordinal, size] of sizes.entries()) {
    await source.query(ITEM, [OWNER, size, lotOf(size), productOf(size), ordinal]);
    await source.query(PLACE, [OWNER, size, siteOf(size)]);
  }
  await source.query(ITEM, [OWNER, 10, UNIT, null, sizes.length]);
  await source.query('SET session_replication_role = origin');
  await source.query('VACUUM ANALYZE');
  await source.destroy();
}

const EVENTS = `
  INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, action, biz_step, event_hash,
    jcs_sha256, disclosure_root, disclosure_secret, capture_job, body)
  SELECT gen_random_uuid(), timestamptz '${START}' + n * interval '1 minute', '+00:00', now(),
    CASE n % 2 WHEN 0 THEN $2 ELSE $3 END, 'ObjectEvent', 'OBSERVE', 'storing', sha256(n::text::bytea),
    sha256('j'), sha256('r'), sha256('s'), '00000000-0000-4000-8000-000000000001'::uuid,
    json_build_object('type', 'ObjectEvent', 'eventTime', timestamptz '${START}' + n * interval '1 minute')
  FROM generate_series(0, $1::integer - 1) n`;
const ITEM = `
  INSERT INTO event_item (event_time, event_id, ordinal, role, uri, product, partner)
  SELECT e.event_time, e.id, $5, 'EPC', $3, $4, $1 FROM epcis_event e WHERE e.partner = $1
  ORDER BY e.event_time DESC LIMIT $2`;
/** A place holds what lies between it and the next smaller one. */
const PLACE = `
  UPDATE epcis_event SET biz_location = $3 WHERE biz_location IS NULL AND (event_time, id) IN (
    SELECT event_time, id FROM epcis_event WHERE partner = $1 AND biz_location IS NULL ORDER BY event_time DESC LIMIT $2)`;

/** Gives the grants, and the unit to who is to have inherited it. */
export async function give(source: DataSource, grants: readonly Granted[]): Promise<void> {
  for (const { reader, kind, covers, resource, followsCustody } of grants) {
    const grantee = followsCustody ? partnerOf(99) : reader;
    await source.query(
      `INSERT INTO data_grant (id, owner, grantee, kind, resource, event_from, follows_custody, created_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4,
         CASE WHEN $3 = 'EVENTS' THEN (SELECT min(event_time) FROM (SELECT event_time FROM epcis_event
           WHERE partner = $1 ORDER BY event_time DESC LIMIT $5) newest) END, $6, now() - interval '1 day')`,
      [OWNER, grantee, kind, resource ?? null, covers, followsCustody ?? false],
    );
    if (!followsCustody) continue;
    await source.query(`INSERT INTO logistic_unit (unit, uri) VALUES ('0xu', $1)`, [resource]);
    await source.query(
      `INSERT INTO custody_accepted (chain_id, block_number, block_hash, log_index, tx_hash, block_time, unit, sender, recipient)
       VALUES (31337, 1, '0x1', 0, '0x2', now(), '0xu', $1, $2)`,
      [OWNER, reader],
    );
  }
  await source.query('ANALYZE data_grant');
}

/** A connection of the api: outside any scope the owner's of the tables. */
export function connect(url: string): Promise<DataSource> {
  const options = `${homeChain(31_337)} -c tallyhouse.partner_data=private`;
  return scopedDataSource({ type: 'postgres', url, extra: { max: 2, options } }, 'OWNER').initialize();
}

/** A scope as a request of a partner has it. */
export function scopeOf(partner: string, hasGrants: boolean): Parameters<typeof asViewer>[0] {
  const viewer: Viewer = { partners: [partner], addresses: [partner], hasGrants };
  return { viewer: () => Promise.resolve(viewer), operation: () => 'experiment' };
}
