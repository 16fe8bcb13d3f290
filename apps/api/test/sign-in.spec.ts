import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, makeWalletClient } from '@tallyhouse/chain';
import { PUBLIC_TEST_MNEMONIC, startAnvil, type Anvil } from '@tallyhouse/testing';
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { serializeErc6492Signature } from 'viem/utils';
import { startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { AuthClient, cookieHeader, ORIGIN } from './kit/auth-client.js';
import { ChainRows } from './kit/chain-rows.js';
import { commissioning } from './kit/epcis-documents.js';
import { deploySmartWallet, planSmartWallet } from './kit/smart-wallet.js';

const CAPTURE = 'mutation ($document: JSON!) { captureEvents(document: $document) { state } }';
const VIEWER = `{ viewer {
  address roles { partner { name } submitterFor { name } asOf { blockNumber } } sessions { id device isCurrent }
} }`;

describe('signing in with a wallet', () => {
  const alice = privateKeyToAccount(generatePrivateKey());
  const mallory = privateKeyToAccount(generatePrivateKey());
  const sign = (message: string) => alice.signMessage({ message });
  let anvil: Anvil;
  let api: ApiUnderTest;
  let auth: AuthClient;
  let chain: ChainRows;

  beforeAll(async () => {
    anvil = await startAnvil();
    api = await startApi({ RPC_URLS: anvil.rpcUrl, PUBLIC_ORIGINS: ORIGIN });
    auth = new AuthClient(api.url);
    chain = new ChainRows(api.dataSource);
    await chain.fact('partner_registered', {
      partner: alice.address.toLowerCase(),
      gln: '9521141000014',
      name: 'Riverside Packers',
      metadata_hash: '0x',
    });
    await chain.checkpoint();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await anvil?.stop();
  }, 60_000);

  const program = async (account = alice): Promise<Record<string, string>> => {
    const { status, body } = await auth.signIn(account.address, (message) =>
      account.signMessage({ message }),
    );
    expect([status, body]).toEqual([200, expect.objectContaining({ accessToken: expect.any(String) })]);
    return { authorization: `Bearer ${String(body['accessToken'])}` };
  };

  it('a browser gets cookies that no script can read, and no token in the body', async () => {
    const answer = await auth.signIn(alice.address, sign, 'cookie');
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toMatch(/th[ar]_/);
    expect(answer.cookies).toHaveLength(2);
    for (const cookie of answer.cookies) expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Secure$/);
    const cookie = cookieHeader(answer);
    const { data } = await api.post(VIEWER, {}, { cookie, origin: ORIGIN });
    expect(data).toMatchObject({
      viewer: {
        address: alice.address.toLowerCase(),
        roles: { partner: { name: 'Riverside Packers' }, asOf: { blockNumber: '1' } },
      },
    });
    const foreign = await api.post(VIEWER, {}, { cookie, origin: 'https://evil.example' });
    expect(foreign.data).toEqual({ viewer: null });
  });

  it('a page of somebody else may not even ask', async () => {
    const asked = await auth.send('POST', 'nonce', {}, { origin: 'https://evil.example' });
    expect([asked.status, asked.body['code']]).toEqual([403, 'ORIGIN_REFUSED']);
    const form = await fetch(`${api.url}/auth/nonce`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
    expect(form.status).toBe(400);
  });

  it('a message signs in once', async () => {
    const message = await auth.message(alice.address);
    const signed = { message, signature: await sign(message), deliver: 'body' };
    expect((await auth.send('POST', 'sign-in', signed)).status).toBe(200);
    const again = await auth.send('POST', 'sign-in', signed);
    expect([again.status, again.body]).toEqual([
      401,
      expect.objectContaining({ code: 'MESSAGE_REFUSED', detail: expect.stringContaining('Nonce') }),
    ]);
  });

  it.each([
    ['Chain ID', { chainId: 1 }],
    ['URI', { uri: 'https://evil.example/', domain: 'evil.example' }],
    ['Expiration Time', { expirationTime: new Date(0) }],
  ])('a message for elsewhere or another time is refused: %s', async (field, changed) => {
    const message = await auth.message(alice.address, changed);
    const { status, body } = await auth.send('POST', 'sign-in', { message, signature: await sign(message) });
    expect([status, body['detail']]).toEqual([401, expect.stringContaining(`message: ${field}: `)]);
  });

  it('a signature of somebody else is refused', async () => {
    const { status, body } = await auth.signIn(alice.address, (message) => mallory.signMessage({ message }));
    expect([status, body['detail']]).toEqual([401, expect.stringContaining('did not sign it')]);
  });

  it.each([
    [{}],
    [{ message: 7, signature: '0x' }],
    [{ message: 'hello', signature: '0x00' }],
    [{ message: 'x', signature: '0x', deliver: 'post' }],
    [[1]],
  ])('%j is refused', async (body) => {
    const { status } = await auth.send('POST', 'sign-in', body);
    expect(status).toBe(400);
  });

  it('a wallet that is a contract signs in by its owner’s signature, and by nobody else’s', async () => {
    const publicClient = makePublicClient(anvil.rpcUrl, { pollingIntervalMs: 20 });
    const owner = mnemonicToAccount(PUBLIC_TEST_MNEMONIC);
    const wallet = await deploySmartWallet(publicClient, makeWalletClient(anvil.rpcUrl, owner));
    const { status, body } = await auth.signIn(wallet, (message) => owner.signMessage({ message }));
    expect([status, (body['session'] as { address: string }).address]).toEqual([200, wallet.toLowerCase()]);
    const other = await auth.signIn(wallet, (message) => mallory.signMessage({ message }));
    expect([other.status, other.body['code']]).toEqual([401, 'MESSAGE_REFUSED']);
  }, 60_000);

  it('a wallet that is not deployed yet signs in with what would deploy it, and is the same account afterwards', async () => {
    const publicClient = makePublicClient(anvil.rpcUrl, { pollingIntervalMs: 20 });
    const sender = makeWalletClient(anvil.rpcUrl, mnemonicToAccount(PUBLIC_TEST_MNEMONIC));
    const wallet = await planSmartWallet(publicClient, sender, alice.address);
    const { address, factory: to, factoryData: data } = wallet;
    const wrapped =
      (by = alice, made = wallet) =>
      async (message: string) =>
        serializeErc6492Signature({
          ...{ address: made.factory, data: made.factoryData },
          signature: await by.signMessage({ message }),
        });
    const idOf = ({ body }: { body: Record<string, unknown> }) =>
      (body['session'] as { address: string }).address;
    expect(idOf(await auth.signIn(address, wrapped()))).toBe(address.toLowerCase());
    expect(await publicClient.getCode({ address })).toBeUndefined();
    const others = await planSmartWallet(publicClient, sender, mallory.address);
    const refused = [
      // The bare signature says nothing of how the wallet comes to be.
      await auth.signIn(address, sign),
      await auth.signIn(address, wrapped(mallory)),
      // A factory that makes another wallet, which mallory does own.
      await auth.signIn(address, wrapped(mallory, others)),
    ];
    expect(refused.map(({ status, body }) => [status, body['code']])).toEqual(
      Array.from({ length: 3 }, () => [401, 'MESSAGE_REFUSED']),
    );
    expect(refused[0]!.body['detail']).toContain('ERC-6492');
    const hash = await sender.sendTransaction({ to, data, chain: null });
    await publicClient.waitForTransactionReceipt({ hash });
    expect(idOf(await auth.signIn(address, sign))).toBe(address.toLowerCase());
    expect(idOf(await auth.signIn(address, wrapped()))).toBe(address.toLowerCase());
  }, 60_000);

  it('a registered partner acts by its wallet as its machines do by their keys', async () => {
    const headers = await program();
    const { errors } = await api.post(CAPTURE, { document: commissioning(800, 1) }, headers);
    expect(errors).toEqual([]);
    const added = 'mutation { addApiKey(input: { label: "gate", scopes: [QUERY] }) { key { label } } }';
    expect((await api.post(added, {}, headers)).data).toEqual({ addApiKey: { key: { label: 'gate' } } });
  });

  it('an account that is no partner reads, and is told what it lacks', async () => {
    const headers = await program(mallory);
    expect((await api.post(VIEWER, {}, headers)).data).toMatchObject({
      viewer: { roles: { partner: null } },
    });
    const { errors } = await api.post(CAPTURE, { document: commissioning(801, 1) }, headers);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('no registered partner as of block'),
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('tokens change with each refresh; a second use of one ends the session', async () => {
    const { body: first } = await auth.signIn(alice.address, sign);
    const refresh = (token: unknown) => auth.send('POST', 'refresh', { refreshToken: token });
    const second = await refresh(first['refreshToken']);
    expect(second.status).toBe(200);
    const reused = await refresh(first['refreshToken']);
    expect([reused.status, reused.body['code']]).toEqual([401, 'SESSION_ENDED']);
    const headers = { authorization: `Bearer ${String(second.body['accessToken'])}` };
    expect((await auth.send('GET', 'session', undefined, headers)).status).toBe(401);
  });

  it('a browser refreshes by its cookie', async () => {
    const signedIn = await auth.signIn(alice.address, sign, 'cookie');
    const headers = { cookie: cookieHeader(signedIn), origin: ORIGIN };
    const refreshed = await auth.send('POST', 'refresh', {}, headers);
    expect([refreshed.status, refreshed.cookies.length]).toEqual([200, 2]);
    const session = await auth.send('GET', 'session', undefined, { cookie: cookieHeader(refreshed) });
    expect(session.body).toMatchObject({ roles: { partner: { name: 'Riverside Packers' } } });
    const out = await auth.send('POST', 'sign-out', {}, { cookie: cookieHeader(refreshed), origin: ORIGIN });
    expect([out.status, out.cookies.every((cookie) => cookie.includes('Max-Age=0'))]).toEqual([204, true]);
    const gone = await auth.send('GET', 'session', undefined, { cookie: cookieHeader(refreshed) });
    expect(gone.status).toBe(401);
  });

  it('a member sees the sessions of the account and ends one on another device', async () => {
    const phone = await program(mallory);
    const desk = await program(mallory);
    const { data } = await api.post(VIEWER, {}, desk);
    const { sessions } = data!['viewer'] as { sessions: { id: string; isCurrent: boolean }[] };
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect((await auth.send('GET', 'session', undefined, phone)).status).toBe(200);
    for (const { id, isCurrent } of sessions) {
      if (!isCurrent) expect((await auth.send('DELETE', `sessions/${id}`, undefined, desk)).status).toBe(204);
    }
    expect((await auth.send('GET', 'session', undefined, phone)).status).toBe(401);
    const unknown = await auth.send('DELETE', 'sessions/none', undefined, desk);
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'SESSION_UNKNOWN']);
  });

  it('a partner that governance removes is out with the block that removes it', async () => {
    const headers = await program();
    await chain.fact('partner_removed', { partner: alice.address.toLowerCase() });
    await chain.checkpoint();
    const { errors } = await api.post(CAPTURE, { document: commissioning(802, 1) }, headers);
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('without the chain a key of its own still signs in, and a contract is told to try again', async () => {
    await anvil.stop();
    await program(mallory);
    const { status, body } = await auth.signIn(`0x${'11'.repeat(20)}`, sign);
    expect([status, body['code']]).toEqual([503, 'CHAIN_UNAVAILABLE']);
  }, 60_000);
});
