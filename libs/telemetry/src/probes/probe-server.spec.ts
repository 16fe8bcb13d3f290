import { afterEach, describe, expect, it } from '@jest/globals';
import { ProbeServer, type ProbeOutcome } from './probe-server.js';

describe('ProbeServer', () => {
  const state: { ready: ProbeOutcome; failing: boolean } = { ready: { ok: true }, failing: false };
  const probes = {
    health: (): ProbeOutcome => ({ ok: true }),
    ready: () =>
      state.failing ? Promise.reject(new Error('postgres://u:p@h')) : Promise.resolve(state.ready),
    metrics: () =>
      state.failing ? Promise.reject(new Error('postgres://u:p@h')) : Promise.resolve('depth 1\n'),
  };
  let server: ProbeServer;
  afterEach(() => server.stop());

  const start = async (
    metricsToken?: string,
  ): Promise<(path: string, token?: string) => Promise<Response>> => {
    server = new ProbeServer(probes, { port: 0, host: '127.0.0.1', metricsToken });
    const port = await server.start();
    return (path, token) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
  };

  it('tells alive from ready, and why it is not', async () => {
    const ask = await start();
    expect((await ask('/health')).status).toBe(200);
    expect((await ask('/ready?verbose=1')).status).toBe(200);
    state.ready = { ok: false, reason: 'the database does not answer' };
    const refused = await ask('/ready');
    expect([refused.status, await refused.json()]).toEqual([
      ...[503, { status: 'not ready', reason: 'the database does not answer' }],
    ]);
    expect((await ask('/health')).status).toBe(200);
    expect((await ask('/other')).status).toBe(404);
  });

  it('says nothing of an error that it did not foresee', async () => {
    const ask = await start();
    state.failing = true;
    const answers = [await ask('/ready'), await ask('/metrics')];
    state.failing = false;
    for (const answer of answers)
      expect([answer.status, await answer.text()]).toEqual([500, '{"status":"failed"}']);
  });

  it('shows metrics to everybody where no token is set, else to who brings it', async () => {
    const open = await start();
    expect(await (await open('/metrics')).text()).toBe('depth 1\n');
    await server.stop();
    const token = 'a-token-of-some-length';
    const guarded = await start(token);
    expect((await guarded('/metrics')).status).toBe(401);
    expect((await guarded('/metrics', `${token}x`)).status).toBe(401);
    expect((await guarded('/metrics', token)).status).toBe(200);
    expect((await guarded('/health')).status).toBe(200);
  });
});
