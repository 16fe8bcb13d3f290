import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { NonceRepository } from './nonce.repository.js';
import { RoleReader } from './role.reader.js';
import { SessionRepository } from './session.repository.js';

const ALICE = `0x${'A1'.repeat(20)}`;
const BOB = `0x${'b2'.repeat(20)}`;
const NOW = new Date('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('sessions', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let sessions: SessionRepository;
  let nonces: NonceRepository;

  beforeAll(async () => {
    postgres = await startPostgres();
    dataSource = await migrationDataSource(await postgres.createTestDatabase('sessions')).initialize();
    await dataSource.runMigrations();
    sessions = new SessionRepository(dataSource);
    nonces = new NonceRepository(dataSource);
  }, 90_000);

  afterAll(async () => {
    await dataSource?.destroy();
    await postgres?.stop();
  }, 60_000);

  const isIn = async (token: string, now = NOW): Promise<boolean> =>
    (await sessions.find(token, now)) !== undefined;

  it('a nonce is good once, for ten minutes, however many try at once', async () => {
    const { nonce } = await nonces.issue(NOW);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => nonces.spend(nonce, NOW)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const old = await nonces.issue(NOW);
    await expect(nonces.spend(old.nonce, after(10 * MINUTE_MS))).rejects.toThrow(/older than ten minutes/);
    await expect(nonces.spend('neverissued', NOW)).rejects.toMatchObject({ code: 'MESSAGE_REFUSED' });
  });

  it('an access token is good for fifteen minutes, and no secret is stored', async () => {
    const { accessToken, refreshToken, session } = await sessions.begin(ALICE, 'phone', NOW);
    expect(session).toMatchObject({ address: ALICE.toLowerCase(), device: 'phone' });
    expect(await isIn(accessToken, after(15 * MINUTE_MS - 1))).toBe(true);
    expect(await isIn(accessToken, after(15 * MINUTE_MS))).toBe(false);
    expect(await isIn(refreshToken)).toBe(false);
    const rows = JSON.stringify(await dataSource.query('SELECT s::text FROM session s'));
    expect(rows).not.toContain(accessToken.slice(4));
    expect(rows).not.toContain(refreshToken.slice(4));
  });

  it('a refresh changes both tokens and keeps the session', async () => {
    const first = await sessions.begin(ALICE, 'desk', NOW);
    const second = await sessions.refresh(first.refreshToken, after(DAY_MS));
    expect(second.session.id).toBe(first.session.id);
    expect(await isIn(second.accessToken, after(DAY_MS))).toBe(true);
    expect(await isIn(first.accessToken)).toBe(false);
  });

  it('a refresh token that comes twice ends the session for both who hold it', async () => {
    const first = await sessions.begin(ALICE, 'stolen', NOW);
    const second = await sessions.refresh(first.refreshToken, NOW);
    const third = await sessions.refresh(second.refreshToken, NOW);
    const bystander = await sessions.begin(ALICE, 'other device', NOW);
    await expect(sessions.refresh(first.refreshToken, NOW)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(await isIn(third.accessToken)).toBe(false);
    await expect(sessions.refresh(third.refreshToken, NOW)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(await isIn(bystander.accessToken)).toBe(true);
  });

  it('of two refreshes at once with one token one is refused, and the session ends', async () => {
    const { refreshToken } = await sessions.begin(ALICE, 'race', NOW);
    const both = await Promise.allSettled([1, 2].map(() => sessions.refresh(refreshToken, NOW)));
    const won = both.filter((outcome) => outcome.status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(await isIn(won[0]!.value.accessToken)).toBe(false);
  });

  it('a session that is not refreshed ends after fourteen days, and any after ninety', async () => {
    const idle = await sessions.begin(ALICE, 'idle', NOW);
    await expect(sessions.refresh(idle.refreshToken, after(14 * DAY_MS))).rejects.toMatchObject({
      code: 'SESSION_ENDED',
    });
    let { refreshToken } = await sessions.begin(ALICE, 'kept', NOW);
    for (let day = 10; day <= 80; day += 10) {
      ({ refreshToken } = await sessions.refresh(refreshToken, after(day * DAY_MS)));
    }
    const last = await sessions.refresh(refreshToken, after(89 * DAY_MS));
    expect(last.session.expiresAt).toEqual(after(90 * DAY_MS));
  });

  it('an account sees and ends its own sessions and nobody else’s', async () => {
    const { session, accessToken } = await sessions.begin(BOB, 'phone', NOW);
    expect(await sessions.list(BOB, NOW)).toEqual([session]);
    expect(await sessions.end(ALICE, session.id, NOW)).toBe(false);
    expect(await sessions.end(BOB, 'no uuid', NOW)).toBe(false);
    expect(await isIn(accessToken)).toBe(true);
    expect(await sessions.end(BOB, session.id, NOW)).toBe(true);
    expect(await isIn(accessToken)).toBe(false);
    expect(await sessions.list(BOB, NOW)).toEqual([]);
  });

  describe('roles', () => {
    const KEY = `0x${'cc'.repeat(20)}`;
    let block = 0;
    const fact = async (table: string, columns: Record<string, unknown>): Promise<void> => {
      block += 1;
      const row = {
        chain_id: 1,
        block_number: block,
        block_hash: `0x${block}`,
        log_index: 0,
        tx_hash: '0x1',
      };
      const values = { ...row, block_time: after(block * 1_000), ...columns };
      const places = Object.keys(values).map((_, index) => `$${index + 1}`);
      await dataSource.query(
        `INSERT INTO ${table} (${Object.keys(values).join()}) VALUES (${places.join()})`,
        Object.values(values),
      );
      await dataSource.query(
        `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash,
           contracts_digest, head_number, updated_at) VALUES (1, $1, $2, $3, '0x', '0x', $1, now())
         ON CONFLICT (chain_id) DO UPDATE SET block_number = $1, block_hash = $2, block_time = $3`,
        [block, `0x${block}`, after(block * 1_000)],
      );
    };
    const register = (): Promise<void> =>
      fact('partner_registered', {
        partner: BOB,
        gln: '9521141000014',
        name: 'Packers',
        metadata_hash: '0x',
      });
    const roles = (address: string) => new RoleReader(dataSource).of(address, 1);

    it('are none, as of no block, before anything is indexed', async () => {
      expect(await roles(BOB)).toEqual({ partner: null, submitterFor: [], asOf: null });
    });

    it('are those of the last block indexed', async () => {
      await register();
      const packers = { address: BOB, gln: '9521141000014', name: 'Packers' };
      expect(await roles(BOB)).toMatchObject({ partner: packers, asOf: { blockNumber: '1' } });
      const valid = { valid_from: NOW, valid_until: after(5_000) };
      await fact('submitter_set', { partner: BOB, submitter: KEY, ...valid });
      expect(await roles(KEY)).toMatchObject({ partner: null, submitterFor: [packers] });
      await fact('token_transfer', { sender: BOB, recipient: KEY, amount: '1' });
      expect((await roles(KEY)).asOf?.blockTime).toEqual(after(3_000));
    });

    it('are lost with the block that removes the partner, and its keys do not come back with it', async () => {
      await fact('partner_removed', { partner: BOB });
      expect(await roles(BOB)).toMatchObject({ partner: null, asOf: { blockNumber: '4' } });
      expect((await roles(KEY)).submitterFor).toEqual([]);
      await register();
      expect((await roles(BOB)).partner).not.toBeNull();
      expect((await roles(KEY)).submitterFor).toEqual([]);
    });

    it('of a key end with its validity', async () => {
      const until = (valid_until: Date): Promise<void> =>
        fact('submitter_set', { partner: BOB, submitter: KEY, valid_from: NOW, valid_until });
      await until(after(60_000));
      expect((await roles(KEY)).submitterFor).toHaveLength(1);
      await until(after(1));
      expect((await roles(KEY)).submitterFor).toEqual([]);
    });
  });
});
