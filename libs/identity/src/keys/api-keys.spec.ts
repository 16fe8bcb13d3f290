import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { digestOf } from '../secret.js';
import { ApiKeyReader, requireScopes } from './api-key.reader.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { KEY_SCOPES } from './scopes.js';

const PARTNER = `0x${'a1'.repeat(20)}`;
const OTHER = `0x${'b2'.repeat(20)}`;
const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('keys of partners', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let keys: ApiKeyRepository;
  let reader: ApiKeyReader;

  beforeAll(async () => {
    postgres = await startPostgres();
    dataSource = await migrationDataSource(await postgres.createTestDatabase('keys')).initialize();
    await dataSource.runMigrations();
    keys = new ApiKeyRepository(dataSource);
    reader = new ApiKeyReader(dataSource);
    await register(PARTNER, 1);
    await register(OTHER, 2);
  }, 90_000);

  afterAll(async () => {
    await dataSource?.destroy();
    await postgres?.stop();
  }, 60_000);

  const fact = (table: string, block: number, columns: Record<string, unknown>): Promise<unknown> => {
    const row = {
      ...{ chain_id: 31_337, block_number: block, block_hash: `0x${block}`, log_index: 0, tx_hash: '0x1' },
      block_time: NOW,
      ...columns,
    };
    const places = Object.keys(row).map((_, index) => `$${index + 1}`);
    return dataSource.query(
      `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${places.join()})`,
      Object.values(row),
    );
  };
  const register = (partner: string, block: number): Promise<unknown> =>
    fact('partner_registered', block, { partner, gln: `${block}`, name: 'Packers', metadata_hash: '0x' });
  const make = (asked: Partial<Parameters<ApiKeyRepository['add']>[0]> = {}) =>
    keys.add({ partner: PARTNER, label: 'line 4', scopes: ['capture'], expiresAt: null, ...asked }, NOW);

  it('a key opens as its partner what its scopes name, and only its digest is stored', async () => {
    const { secret, key } = await make({ scopes: ['query', 'capture'] });
    const known = await reader.known(secret, NOW);
    expect(known).toEqual({ id: key.id, partner: PARTNER, scopes: ['capture', 'query'] });
    expect(() => requireScopes(known.scopes, ['recall'])).toThrow(
      /lacks the scope recall; it has capture, query/,
    );
    const stored = JSON.stringify(await dataSource.query('SELECT k::text FROM partner_key k'));
    expect(stored).not.toContain(secret.slice(8));
    expect(secret.startsWith(key.prefix!.slice(0, -1))).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['another text', 'th_wrong'],
    ['a very long text', 'x'.repeat(100_000)],
    ['a zero byte', '\u0000'],
  ])('%s is no key', async (_what, secret) => {
    await expect(reader.known(secret, NOW)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });

  it('an ended key says how it ended, to who holds it', async () => {
    const limited = await make({ expiresAt: after(DAY_MS) });
    await expect(reader.known(limited.secret, after(DAY_MS - 1))).resolves.toBeDefined();
    await expect(reader.known(limited.secret, after(DAY_MS))).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
    const revoked = await make();
    expect(await keys.revoke(PARTNER, revoked.key.id, NOW)).toBe(true);
    await expect(reader.known(revoked.secret, NOW)).rejects.toMatchObject({ code: 'KEY_REVOKED' });
  });

  it('a rotated key goes on for the grace, its heir has its scopes and its lifetime', async () => {
    const old = await make({ expiresAt: after(10 * DAY_MS) });
    const turned = after(9 * DAY_MS);
    const { secret, key } = await keys.rotate(PARTNER, old.key.id, DAY_MS / 2, turned);
    expect(key).toMatchObject({ label: 'line 4', scopes: ['capture'], expiresAt: after(19 * DAY_MS) });
    await expect(reader.known(old.secret, after(9.4 * DAY_MS))).resolves.toBeDefined();
    await expect(reader.known(old.secret, after(9.5 * DAY_MS))).rejects.toMatchObject({
      code: 'KEY_EXPIRED',
    });
    await expect(reader.known(secret, after(9.5 * DAY_MS))).resolves.toMatchObject({ id: key.id });
    await expect(keys.rotate(PARTNER, old.key.id, 0, turned)).rejects.toThrow(new RegExp(`rotate ${key.id}`));
  });

  it('a grace never makes a key live longer than it would have', async () => {
    const old = await make({ expiresAt: after(DAY_MS) });
    await keys.rotate(null, old.key.id, 20 * DAY_MS, NOW);
    await expect(reader.known(old.secret, after(DAY_MS))).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
  });

  it("another partner neither sees, rotates nor revokes a partner's key", async () => {
    const { key } = await make();
    expect((await keys.list(OTHER)).map(({ id }) => id)).not.toContain(key.id);
    await expect(keys.rotate(OTHER, key.id, 0, NOW)).rejects.toMatchObject({ code: 'KEY_ID_UNKNOWN' });
    expect(await keys.revoke(OTHER, key.id, NOW)).toBe(false);
    expect(await keys.revoke(OTHER, 'no uuid', NOW)).toBe(false);
  });

  it('its use is noted, at most once a minute', async () => {
    const { secret, key } = await make();
    const lastUsed = async () => (await keys.list(PARTNER)).find(({ id }) => id === key.id)?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await reader.known(secret, NOW);
    await reader.known(secret, after(59_999));
    expect(await lastUsed()).toEqual(NOW);
    await reader.known(secret, after(60_000));
    expect(await lastUsed()).toEqual(after(60_000));
  });

  it.each([
    [{ scopes: [] }, 'KEY_INVALID'],
    [{ scopes: ['capture', 'root'] }, 'KEY_INVALID'],
    [{ label: ' ' }, 'KEY_INVALID'],
    [{ label: 'a\nb' }, 'KEY_INVALID'],
    [{ expiresAt: NOW }, 'KEY_INVALID'],
    [{ expiresAt: new Date(Number.NaN) }, 'KEY_INVALID'],
    [{ partner: `0x${'cc'.repeat(20)}` }, 'PARTNER_UNKNOWN'],
    [{ partner: "0x'; DROP TABLE partner_key" }, 'PARTNER_UNKNOWN'],
  ])('%j is refused', async (asked, code) => {
    await expect(make(asked)).rejects.toMatchObject({ code });
  });

  it('a partner has a hundred keys in force, however many are asked for at once', async () => {
    const crowded = `0x${'d4'.repeat(20)}`;
    await register(crowded, 3);
    await dataSource.query(
      `INSERT INTO partner_key (key_sha256, partner, label)
       SELECT sha256(number::text::bytea), $1, 'one of many' FROM generate_series(1, 95) number`,
      [crowded],
    );
    const asked = Array.from({ length: 8 }, () => make({ partner: crowded }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const [first] = await keys.list(crowded);
    await keys.revoke(crowded, first!.id, NOW);
    await expect(make({ partner: crowded })).resolves.toBeDefined();
  }, 30_000);

  it('keys of a partner that governance removed open nothing until it returns', async () => {
    const { secret } = await make({ partner: OTHER });
    await fact('partner_removed', 10, { partner: OTHER });
    await expect(reader.known(secret, NOW)).rejects.toMatchObject({ code: 'KEY_PARTNER_REMOVED' });
    await register(OTHER, 11);
    await expect(reader.known(secret, NOW)).resolves.toMatchObject({ partner: OTHER });
  }, 30_000);

  it('keys of the release before stay in force, and going back leaves none that was limited', async () => {
    const url = await postgres.createTestDatabase(`down-${randomUUID()}`);
    const other = await migrationDataSource(url).initialize();
    try {
      await other.runMigrations();
      const insert = 'INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)';
      await undoTo(other, 'ScopePartnerKeys1764000210000');
      await other.query(insert, [digestOf('old'), PARTNER, 'old']);
      await other.runMigrations();
      const known = await new ApiKeyReader(other).known('old', NOW);
      expect(known).toMatchObject({ partner: PARTNER, scopes: KEY_SCOPES });
      await other.query(insert, [digestOf('revoked'), PARTNER, 'revoked']);
      await other.query(`UPDATE partner_key SET revoked_at = now() WHERE label = 'revoked'`);
      await other.query(insert, [digestOf('narrow'), PARTNER, 'narrow']);
      await other.query(`UPDATE partner_key SET scopes = '{query}' WHERE label = 'narrow'`);
      await undoTo(other, 'ScopePartnerKeys1764000210000');
      expect(await other.query('SELECT label FROM partner_key')).toEqual([{ label: 'old' }]);
    } finally {
      await other.destroy();
    }
  }, 60_000);
});

/** Takes migrations back, the newest first, up to and with one of them. */
async function undoTo(dataSource: DataSource, name: string): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await dataSource.query<unknown[]>('SELECT 1 FROM migrations WHERE name = $1', [name])).length > 0;
  while (await isThere()) await dataSource.undoLastMigration();
}
