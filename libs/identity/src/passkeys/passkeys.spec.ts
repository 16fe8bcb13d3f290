import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { ChallengeRepository } from './challenge.repository.js';
import { PasskeyRepository } from './passkey.repository.js';
import { PasskeyService } from './passkey.service.js';
import { SoftAuthenticator, type Use } from './soft-authenticator.fixture.js';

const ORIGIN = 'https://tally.example';
const RP_ID = 'tally.example';
const NOW = new Date('2026-03-01T12:00:00Z');
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
let accounts = 0;
/** An account that no other test has. */
const account = (): string => `0x${(++accounts).toString(16).padStart(40, 'a')}`;

describe('passkeys', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let sessions: SessionRepository;
  let kept: PasskeyRepository;
  let passkeys: PasskeyService;

  beforeAll(async () => {
    postgres = await startPostgres();
    dataSource = await migrationDataSource(await postgres.createTestDatabase('passkeys')).initialize();
    await dataSource.runMigrations();
    sessions = new SessionRepository(dataSource);
    kept = new PasskeyRepository(dataSource);
    passkeys = new PasskeyService(new ChallengeRepository(dataSource), kept, sessions);
  }, 90_000);

  afterAll(async () => {
    await dataSource?.destroy();
    await postgres?.stop();
  }, 60_000);

  const add = async (address: string, use: Partial<Use> = {}, device = new SoftAuthenticator(RP_ID)) => {
    const asked = await passkeys.addOptions(address, ORIGIN, NOW);
    const credential = device.create(asked, { origin: ORIGIN, ...use });
    return { device, row: await passkeys.add(address, { name: 'phone', credential }, NOW) };
  };
  const signIn = async (device: SoftAuthenticator, use: Partial<Use> = {}, now = NOW) => {
    const asked = await passkeys.signInOptions(ORIGIN, now);
    const credential = device.get(asked, { origin: ORIGIN, ...use });
    return passkeys.signIn({ credential, device: 'a phone' }, now);
  };

  describe('adding one', () => {
    it('asks for a holder who is verified and for a passkey that is found without a name', async () => {
      const { rp, authenticatorSelection, attestation, excludeCredentials } = await passkeys.addOptions(
        account(),
        ORIGIN,
        NOW,
      );
      expect(rp.id).toBe(RP_ID);
      expect(authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
      expect([attestation, excludeCredentials]).toEqual(['none', []]);
    });

    it('names what the account has already, so that no device makes a second one', async () => {
      const address = account();
      const { device } = await add(address);
      const { excludeCredentials } = await passkeys.addOptions(address, ORIGIN, NOW);
      expect(excludeCredentials?.map(({ id }) => id)).toEqual([device.credentialId]);
    });

    it('is refused where the page came by a number', async () => {
      const asked = passkeys.addOptions(account(), 'http://127.0.0.1:3000', NOW);
      await expect(asked).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
    });

    it.each<[string, Partial<Use>, RegExp]>([
      ['of another origin', { origin: 'https://tally.example.evil' }, /origin/],
      ['whose holder was not verified', { isVerified: false }, /verif/i],
      ['inside of another page', { crossOrigin: true }, /inside of a page/],
      ['that is backed up without being able to', { isBackedUp: true }, /backed up/i],
    ])('refuses one %s', async (_, use, reason) => {
      await expect(add(account(), use)).rejects.toMatchObject({
        code: 'PASSKEY_REFUSED',
        message: expect.stringMatching(reason),
      });
    });

    it('refuses one that was made for another host', async () => {
      const adding = add(account(), {}, new SoftAuthenticator('evil.example'));
      await expect(adding).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
    });

    it('refuses a challenge that comes twice, is too old, or was given to somebody else', async () => {
      const [alice, bob] = [account(), account()];
      const asked = await passkeys.addOptions(alice, ORIGIN, NOW);
      const credential = () => new SoftAuthenticator(RP_ID).create(asked, { origin: ORIGIN });
      const adding = (address: string, now = NOW) =>
        passkeys.add(address, { name: 'x', credential: credential() }, now);
      await expect(adding(alice, after(180_000))).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
      await expect(adding(bob)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
      await expect(adding(alice)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
      expect(await kept.list(alice)).toEqual([]);
    });

    it.each([undefined, null, {}, { id: 'x' }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
      'refuses %j as no credential, naming the field',
      async (credential) => {
        const adding = passkeys.add(account(), { name: 'x', credential }, NOW);
        await expect(adding).rejects.toMatchObject({
          code: 'PASSKEY_INVALID',
          message: expect.stringMatching(/^credential/),
        });
      },
    );

    it('refuses one that is known, and more than twenty', async () => {
      const address = account();
      const { device } = await add(address);
      await expect(add(address, {}, device)).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
      for (let count = 1; count < 20; count += 1) await add(address);
      await expect(add(address)).rejects.toMatchObject({ code: 'PASSKEY_COUNT_EXCEEDED' });
    });
  });

  describe('signing in', () => {
    it('begins a session of the same account, and the use is noted', async () => {
      const address = account();
      const { device } = await add(address, { isEligible: true });
      const { tokens, origin } = await signIn(device, { isEligible: true, isBackedUp: true }, after(1_000));
      expect(origin).toBe(ORIGIN);
      expect(tokens.session).toMatchObject({ address, device: 'a phone', way: 'PASSKEY' });
      expect(await sessions.find(tokens.accessToken, after(2_000))).toMatchObject({ address });
      expect(await kept.list(address)).toMatchObject([{ lastUsedAt: after(1_000), isBackedUp: true }]);
    });

    it('is refused to a copy, whose counter went back, and the passkey opens nothing from then on', async () => {
      const address = account();
      const { device } = await add(address);
      await signIn(device, { counter: 7 });
      await expect(signIn(device, { counter: 7 })).rejects.toMatchObject({ code: 'PASSKEY_COPIED' });
      await expect(signIn(device, { counter: 9 })).rejects.toMatchObject({ code: 'PASSKEY_COPIED' });
      expect(await kept.list(address)).toMatchObject([{ copiedAt: NOW }]);
    });

    it('works with authenticators that keep no counter', async () => {
      const { device } = await add(account());
      await signIn(device, { counter: 0 });
      await expect(signIn(device, { counter: 0 })).resolves.toBeDefined();
    });

    it('lets one of two uses of the same count in', async () => {
      const { device } = await add(account());
      const both = await Promise.allSettled([signIn(device, { counter: 3 }), signIn(device, { counter: 3 })]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it.each<[string, Partial<Use>]>([
      ['of another origin', { origin: 'https://evil.example' }],
      ['whose holder was not verified', { isVerified: false }],
      ['that can suddenly be backed up', { isEligible: true }],
      ['that names another account', { userHandle: 'AAAA' }],
      ['inside of another page', { crossOrigin: true }],
    ])('refuses a use %s', async (_, use) => {
      const { device } = await add(account());
      await expect(signIn(device, use)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
    });

    it('refuses a signature of another key, a challenge for adding, and one that comes twice', async () => {
      const address = account();
      const { device } = await add(address);
      const thief = Object.assign(new SoftAuthenticator(RP_ID), { credentialId: device.credentialId });
      await expect(signIn(thief)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
      const forAdding = device.get(await passkeys.addOptions(address, ORIGIN, NOW), { origin: ORIGIN });
      const entering = (credential: object) => passkeys.signIn({ credential, device: '' }, NOW);
      await expect(entering(forAdding)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
      const once = device.get(await passkeys.signInOptions(ORIGIN, NOW), { origin: ORIGIN });
      await expect(entering(once)).resolves.toBeDefined();
      await expect(entering(once)).rejects.toMatchObject({ code: 'PASSKEY_REFUSED' });
    });

    it('refuses a passkey that was removed', async () => {
      const address = account();
      const { device, row } = await add(address);
      const { session } = await sessions.begin(address, 'desk', NOW);
      expect(await kept.remove(address, row.id, session.id, NOW)).toBe(true);
      await expect(signIn(device)).rejects.toThrow(/may have been removed/);
    });
  });

  describe('keeping them', () => {
    it('an owner names its own, in one line', async () => {
      const [alice, bob] = [account(), account()];
      const { row } = await add(alice);
      expect(await kept.rename(alice, row.id, ' work ')).toBe(true);
      expect(await kept.list(alice)).toMatchObject([{ name: 'work' }]);
      expect(await kept.rename(bob, row.id, 'mine')).toBe(false);
      await expect(kept.rename(alice, row.id, 'a\nb')).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
    });

    it('the last is not removed by who has shown no other way in', async () => {
      const address = account();
      const [first, second] = [await add(address), await add(address)];
      const { tokens } = await signIn(first.device);
      const asked = tokens.session.id;
      expect(await kept.remove(address, second.row.id, asked, NOW)).toBe(true);
      await expect(kept.remove(address, first.row.id, asked, NOW)).rejects.toMatchObject({
        code: 'PASSKEY_LAST',
      });
      const byWallet = await sessions.begin(address, 'desk', NOW);
      expect(await kept.remove(address, first.row.id, byWallet.session.id, NOW)).toBe(true);
      expect(await kept.list(address)).toEqual([]);
    });

    it('a copied one is no way in that would be left', async () => {
      const address = account();
      const [copied, good] = [await add(address), await add(address)];
      await signIn(copied.device, { counter: 5 });
      await expect(signIn(copied.device, { counter: 4 })).rejects.toMatchObject({ code: 'PASSKEY_COPIED' });
      const { tokens } = await signIn(good.device);
      await expect(kept.remove(address, good.row.id, tokens.session.id, NOW)).rejects.toMatchObject({
        code: 'PASSKEY_LAST',
      });
      expect(await kept.remove(address, copied.row.id, tokens.session.id, NOW)).toBe(true);
    });

    it('removing one ends the sessions that it began, and nobody else removes it', async () => {
      const [alice, bob] = [account(), account()];
      const { device, row } = await add(alice);
      const lost = await signIn(device);
      const desk = await sessions.begin(alice, 'desk', NOW);
      expect(await kept.remove(bob, row.id, desk.session.id, NOW)).toBe(false);
      expect(await kept.remove(alice, row.id, desk.session.id, NOW)).toBe(true);
      expect(await sessions.find(lost.tokens.accessToken, NOW)).toBeUndefined();
      expect(await sessions.find(desk.accessToken, NOW)).toBeDefined();
    });
  });
});
