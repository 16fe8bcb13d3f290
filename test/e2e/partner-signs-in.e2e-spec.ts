import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gtin, lgtin, sgln, type EpcisEvent } from '@tallyhouse/epcis';
import { toDocument } from '@tallyhouse/simulation';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { graveFaults } from '../web/axe.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { settled } from '../web/check-pages.js';
import { serveForeignPage } from '../web/foreign-page.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { VirtualAuthenticator } from '../web/virtual-authenticator.js';
import { ask, captureByApi } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';

const LOT = lgtin(gtin('9521141', '01234'), 'L7');
const COMMISSIONED: EpcisEvent = {
  ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTimeZoneOffset: '+00:00' },
  ...{ eventTime: '2025-10-09T01:00:00.000Z', readPoint: { id: sgln('9521141000014') } },
  quantityList: [{ epcClass: LOT, quantity: 30, uom: 'KGM' }],
};
const NAMING =
  'query ($item: String!) { events(first: 9, filter: { item: $item }) { edges { node { id } } } }';
const present = browserPresent();
if (!present) console.warn('skipped: nobody signs in, /usr/bin/chromium is not installed');

(present ? describe : describe.skip)('a partner signs in', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;
  let wallet: LocalKeyWallet;
  let device: VirtualAuthenticator;
  let site: string;
  let partner: { name: string; address: string };

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 9, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack, dataSource } = journey;
    const account = stack.accounts.partner(0);
    const [row] = await dataSource.query<{ name: string }[]>(
      'SELECT name FROM partner_current WHERE partner = $1',
      [account.address.toLowerCase()],
    );
    partner = { name: row!.name, address: account.address.toLowerCase() };
    site = `http://localhost:${new URL(stack.apiUrl).port}`;
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    wallet = new LocalKeyWallet(stack.rpcUrl, account, stack.deployment.chainId);
    await injectWallet(page, wallet.request);
    device = await VirtualAuthenticator.plugInto(page);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const says = (words: string | RegExp, where = page) => where.getByText(words).first().waitFor();
  const press = (name: string | RegExp, where = page) =>
    where.getByRole('main').getByRole('button', { name }).first().click();
  const sheet = (name: string | RegExp) => page.getByRole('region', { name });
  const liveSessions = async (): Promise<number> => {
    const [row] = await journey.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::integer AS count FROM session WHERE ended_at IS NULL AND address = $1',
      [partner.address],
    );
    return row!.count;
  };
  /** Tokens come to their end long before their time. */
  const endTokens = (where = page) =>
    where.evaluate(`(() => {
      const kept = JSON.parse(localStorage.getItem('tallyhouse.session'));
      localStorage.setItem('tallyhouse.session', JSON.stringify({ ...kept, refreshAtMs: 0 }));
    })()`);
  const isSignedOut = () => says('Nobody is signed in');

  it('with the wallet, and is told when it declines', async () => {
    await page.goto(`${site}/account`);
    await isSignedOut();
    await page.getByRole('button', { name: 'Connect wallet or sign in' }).click();
    await page.getByRole('button', { name: 'Test wallet' }).click();
    wallet.declines = true;
    await press('Sign in with this wallet');
    await says('You declined the request in your wallet.');
    wallet.declines = false;
    await press('Sign in with this wallet');
    await sheet('Who you are').getByText(partner.name).first().waitFor();
    await says(/^block [\d,]+/);
    expect(await liveSessions()).toBe(1);
  }, 90_000);

  it('makes a key whose secret is shown once and opens the api, rotates and revokes it', async () => {
    await page.getByLabel('What the new key is for').fill('line 4');
    await press('Make the key');
    const secret = await page.locator('.secret .hash-whole').innerText();
    const keys = () => ask<{ partners: unknown[] }>(journey.stack, '{ partners { address } }', {}, secret);
    await expect(keys()).resolves.toBeDefined();
    await press('I have it');
    expect(await page.getByText(secret).count()).toBe(0);
    await press('Rotate line 4…');
    await press('Rotate line 4');
    expect(await page.locator('.secret .hash-whole').innerText()).not.toBe(secret);
    await press('I have it');
    await says('Being replaced');
    await press('Revoke line 4…');
    await press('Revoke line 4 now');
    await says('line 4 opens nothing any more.');
    await sheet(/^Keys of/)
      .getByText('Revoked')
      .waitFor();
  }, 60_000);

  it('keeps what it typed while the session goes on with new tokens', async () => {
    await page.getByLabel('What the new key is for').fill('typed before');
    await journey.dataSource.query('UPDATE session SET access_expires_at = now() WHERE address = $1', [
      partner.address,
    ]);
    await press('Make the key');
    await says('The secret of');
    await press('I have it');
    await sheet(/^Keys of/)
      .getByText('typed before')
      .waitFor();
    expect(await liveSessions()).toBe(1);
  }, 60_000);

  describe('and shares', () => {
    let reader: { name: string; address: string };
    const readByOther = async (): Promise<number> => {
      const key = journey.apiKeys[reader.address];
      const { events } = await ask<{ events: { edges: unknown[] } }>(
        ...[journey.stack, NAMING, { item: LOT }, key],
      );
      return events.edges.length;
    };
    const which = () => page.getByLabel('Which', { exact: true });

    beforeAll(async () => {
      const { stack, apiKeys } = journey;
      await captureByApi(
        stack,
        toDocument([COMMISSIONED], '2025-10-10T00:00:00Z'),
        apiKeys[partner.address]!,
      );
      const { partners } = await ask<{ partners: (typeof reader)[] }>(stack, '{ partners { address name } }');
      reader = partners.find(({ address }) => address !== partner.address && apiKeys[address])!;
    }, 60_000);

    it('nothing with everybody, once it says so', async () => {
      expect(await readByOther()).toBe(1);
      await page.goto(`${site}/sharing`);
      await press('Show only what you grant…');
      await press('Show only what is granted');
      await says('Only you, and whom you let, see your rows now.');
      expect(await readByOther()).toBe(0);
    }, 60_000);

    it('a lot, told beside the field what is none, by the page and by the api', async () => {
      await page.getByLabel('To', { exact: true }).selectOption({ label: reader.name });
      await which().fill('lot 7');
      await says(/^This is no identifier/);
      expect(await which().getAttribute('aria-invalid')).toBe('true');
      await which().fill(sgln('9521141000014'));
      expect(await which().getAttribute('aria-invalid')).toBe('false');
      await press('Grant it');
      await says('Names a place; grant it as a SITE.');
      expect(await which().getAttribute('aria-invalid')).toBe('true');
      await which().fill(`(01)${LOT.split('/')[4]}(10)L7`);
      await press('Grant it');
      await says('Granted. It is in force now.');
      await sheet('Grants you gave').getByText(reader.name).waitFor();
      expect(await readByOther()).toBe(1);
    }, 60_000);

    it('and sees who read it, in a list and in a file', async () => {
      await page.reload();
      const readings = sheet('Who read your rows');
      const row = readings.getByRole('row', { name: reader.name }).first();
      await row.getByRole('cell', { name: 'graphql events', exact: true }).waitFor();
      await readings.getByLabel('Reader').selectOption({ label: reader.name });
      expect(new URL(page.url()).searchParams.get('reader')).toBe(reader.address);
      const downloading = page.waitForEvent('download');
      await readings.getByRole('button', { name: 'CSV' }).click();
      const text = await readFile(await (await downloading).path(), 'utf8');
      expect(text).toContain(`,graphql events,1,`);
      expect(text).toContain(`,ITEM,${LOT}`);
    }, 60_000);

    it.each([
      ['light', 1280],
      ['dark', 390],
    ] as const)('on a page without faults, %s at %i px', async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${site}/sharing`);
      await settled(page);
      const shots = process.env.TALLYHOUSE_SCREENSHOTS;
      if (shots) await page.screenshot({ path: `${shots}/sharing-used-${width}.png`, fullPage: true });
      expect(await graveFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    });

    it('until it ends the grant, which is asked once', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
      await press(/^End: An item/);
      await press('Leave it');
      expect(await readByOther()).toBe(1);
      await press(/^End: An item/);
      await press(/^End now: An item/);
      await says(`${reader.name} reads nothing by it any more.`);
      await sheet('Grants you gave').getByText('Ended').waitFor();
      expect(await readByOther()).toBe(0);
      await page.goto(`${site}/account`);
    }, 60_000);
  });

  it('with two pages that go on at the same moment stays signed in on both', async () => {
    const second = await page.context().newPage();
    await second.goto(`${site}/account`);
    await says('Where you are signed in', second);
    await endTokens();
    await Promise.all([page.reload(), second.reload()]);
    await Promise.all([says(partner.name), says(partner.name, second)]);
    await second.close();
    expect(await liveSessions()).toBe(1);
  }, 60_000);

  it('is signed out by no page of another origin, whatever it sends', async () => {
    const foreign = await serveForeignPage('localhost');
    const there = await page.context().newPage();
    await there.goto(foreign.origin);
    const [session] = await journey.dataSource.query<{ id: string }[]>(
      'SELECT id FROM session WHERE ended_at IS NULL AND address = $1',
      [partner.address],
    );
    const body = JSON.stringify({ query: `mutation { endSession(id: "${session!.id}") }` });
    await there.evaluate(
      `(async () => {
        const send = (path, type, body) =>
          fetch(${JSON.stringify(site)} + path, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': type }, body });
        await Promise.allSettled([
          send('/graphql', 'text/plain', ${JSON.stringify(body)}),
          send('/graphql', 'application/json', ${JSON.stringify(body)}),
          send('/auth/sign-out', 'text/plain', '{}'),
          send('/auth/refresh', 'text/plain', '{}'),
        ]);
      })()`,
    );
    await there.evaluate(
      `(() => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: ${JSON.stringify(site)} + '/auth/sign-out' });
        document.body.append(form);
        form.submit();
      })()`,
    );
    await there.waitForURL(`${site}/auth/sign-out`);
    await there.close();
    await foreign.close();
    await page.reload();
    await says(partner.name);
    expect(await liveSessions()).toBe(1);
  }, 60_000);

  it('adds a passkey, and the finger of somebody else adds none', async () => {
    await device.verifies(false);
    await page.getByLabel('Name of the new passkey').fill('desk');
    await press('Add a passkey of this device');
    await says('No passkey was used');
    await device.verifies(true);
    await press('Add a passkey of this device');
    await says('The passkey is added.');
    await sheet('Passkeys').getByText('desk').waitFor();
    await press('Add a passkey of this device');
    await says('This device has a passkey for this account already.');
  }, 60_000);

  it('signs out, comes back by the passkey alone, and is the same account', async () => {
    await sheet('Where you are signed in')
      .getByRole('button', { name: /, this one$/ })
      .click();
    await isSignedOut();
    await page.locator('.wallet-open').click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await press('Sign in with a passkey');
    await sheet('Who you are').getByText(partner.name).first().waitFor();
    await sheet('Where you are signed in').getByRole('cell', { name: 'a passkey' }).first().waitFor();
    await firstRow(
      journey,
      'a session that began with the passkey',
      'SELECT 1 FROM session WHERE address = $1 AND passkey_id IS NOT NULL AND ended_at IS NULL',
      [partner.address],
    );
    expect(await page.locator('.wallet-open').innerText()).toMatch(/^0x/);
  }, 60_000);

  it('does not remove the last passkey while no wallet has signed it in', async () => {
    await press('Remove desk…');
    await press('Remove desk');
    await says('This is your last passkey');
    expect(await sheet('Passkeys').getByText('desk').count()).toBeGreaterThan(0);
  }, 60_000);

  it('is not let in with what a page of another origin had the passkey sign', async () => {
    const foreign = await serveForeignPage('localhost');
    const options = await fetch(`${site}/auth/passkeys/sign-in-options`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site },
      body: '{}',
    });
    const asked = await options.text();
    await page.goto(foreign.origin);
    const credential = await page.evaluate(
      `(async () => {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(${asked});
        return (await navigator.credentials.get({ publicKey })).toJSON();
      })()`,
    );
    const answer = await fetch(`${site}/auth/passkeys/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site },
      body: JSON.stringify({ credential }),
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      code: 'PASSKEY_REFUSED',
      detail: expect.stringContaining(foreign.origin),
    });
    await foreign.close();
  }, 60_000);

  it('refuses a copy of the passkey, and says so', async () => {
    const held = await device.passkeys();
    await device.hold(held.map((passkey) => ({ ...passkey, signCount: 0 })));
    await page.goto(`${site}/account`);
    await sheet('Where you are signed in')
      .getByRole('button', { name: /, this one$/ })
      .click();
    await isSignedOut();
    await press('Sign in with a passkey');
    await says('somebody holds a copy of it');
    await page.locator('.wallet-open').click();
    await page.getByRole('button', { name: 'Test wallet' }).click();
    await press('Sign in with this wallet');
    await says('Copied: opens nothing');
    await press('Remove desk…');
    await press('Remove desk');
    await says('No passkey yet');
  }, 90_000);

  it('is told that the session ended when another device ends it', async () => {
    await journey.dataSource.query('UPDATE session SET ended_at = now(), ended_by = $1 WHERE address = $2', [
      'OWNER',
      partner.address,
    ]);
    await page.reload();
    await says('Your session has ended');
  }, 60_000);
});
