import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { everyRule } from '../../../../migrations/access-rules.js';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { mentionsOf, readsPartnerData } from './mentions.js';
import { asKeeper, asViewer, asWriter, type Scope } from './scope.js';
import { scopedDataSource } from './scoped-data-source.js';
import { anonymous, viewerSettings } from './viewer.js';

const WHO = `SELECT current_user AS role, current_setting('tallyhouse.partners', true) AS partners`;
const scopeOf = (partner: string): Omit<Scope, 'role'> => ({
  viewer: () => Promise.resolve({ partners: [partner], addresses: [partner], hasGrants: false }),
  operation: () => 'test',
});
/** Nobody reads of these by a grant, or reads more than that it was given. */
const OWN_TABLES = ['webhook_endpoint', 'query_subscription', 'partner_sharing', 'data_grant', 'data_read'];

describe('a connection that knows scopes', () => {
  let postgres: LocalPostgres;
  let strangers: DataSource;
  let owners: DataSource;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createTestDatabase('scopes');
    const migrating = await migrationDataSource(url).initialize();
    await migrating.runMigrations();
    await migrating.destroy();
    strangers = await scopedDataSource(
      { type: 'postgres', url, extra: { max: 2 } },
      'ANONYMOUS',
    ).initialize();
    owners = await scopedDataSource({ type: 'postgres', url, extra: { max: 2 } }, 'OWNER').initialize();
  }, 120_000);
  afterAll(async () => {
    await strangers?.destroy();
    await owners?.destroy();
    await postgres?.stop();
  }, 60_000);

  it('is nobody where no scope is, or the owner where the process works for itself', async () => {
    expect(await strangers.query(WHO)).toEqual([{ role: 'tallyhouse_reader', partners: '' }]);
    const [owner] = await owners.query<[{ role: string }]>(WHO);
    expect(owner.role).not.toMatch(/^tallyhouse_/);
  });

  it('takes the role and the viewer of its scope for each statement and for a transaction', async () => {
    const scope = scopeOf('0xa1');
    for (const source of [strangers, owners]) {
      expect(await asViewer(scope, () => source.query(WHO))).toEqual([
        { role: 'tallyhouse_reader', partners: '0xa1' },
      ]);
      const written = asViewer(scope, () =>
        asWriter(() => source.transaction((manager) => manager.query(WHO))),
      );
      expect(await written).toEqual([{ role: 'tallyhouse_writer', partners: '0xa1' }]);
    }
    expect(await asViewer(scope, () => asKeeper(() => strangers.query(WHO)))).toEqual([
      { role: 'tallyhouse_keeper', partners: '' },
    ]);
  });

  it('leaves nothing of a viewer behind, and mixes none up, however many read at once over two connections', async () => {
    const viewers = Array.from({ length: 40 }, (_, index) => `0x${index}`);
    const seen = await Promise.all(
      viewers.map((viewer, index) =>
        asViewer(scopeOf(viewer), async () => {
          const source = strangers;
          const rows: { partners: string }[] =
            index % 2 === 0
              ? await source.query(WHO)
              : await source.transaction('REPEATABLE READ', (manager) => manager.query(WHO));
          return rows[0]!.partners;
        }),
      ),
    );
    expect(seen).toEqual(viewers);
    expect(await strangers.query(WHO)).toEqual([{ role: 'tallyhouse_reader', partners: '' }]);
  });

  it('a statement that fails leaves the connection fit for the next', async () => {
    await expect(strangers.query('SELECT 1 FROM partner_key')).rejects.toMatchObject({ code: '42501' });
    const failing = strangers.transaction((manager) => manager.query('SELECT 1 FROM session'));
    await expect(failing).rejects.toMatchObject({ code: '42501' });
    expect(await strangers.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a reader writes nothing', async () => {
    const written = asViewer(scopeOf('0xa1'), () =>
      strangers.query(
        `INSERT INTO partner_sharing (partner, sharing, set_at) VALUES ('0xa1', 'OPEN', now())`,
      ),
    );
    await expect(written).rejects.toMatchObject({ code: '42501' });
  });

  it.each(["0xa1'; RESET ROLE; --", '0xa1,0xb2', ''])('%j is no address of a viewer', (address) => {
    expect(() => viewerSettings('tallyhouse_reader', { ...anonymous, partners: [address] })).toThrow(
      RangeError,
    );
  });
});

describe('what an answer names', () => {
  it('is found wherever it stands in a row, once a row, and is empty where nothing is named', () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const partner = `0x${'a1'.repeat(20)}`;
    const rows = [{ nested: { list: [id, id] } }, { count: 3 }, { partner, hash: `0x${'a1'.repeat(32)}` }];
    expect(mentionsOf(rows)).toEqual({ rowNumbers: [0, 1, 2], names: [id, '', partner] });
  });

  it.each(Object.keys(everyRule))("%s is noted, unless it is its owner's alone", (table) => {
    expect(readsPartnerData(`SELECT * FROM ${table} t`)).toBe(!OWN_TABLES.includes(table));
  });

  it("counts only where partners' tables are read", () => {
    expect(readsPartnerData('SELECT 1 FROM epcis_event e')).toBe(true);
    expect(readsPartnerData('SELECT name FROM partner_current')).toBe(false);
    expect(readsPartnerData("SELECT 'x'::text")).toBe(false);
  });
});
