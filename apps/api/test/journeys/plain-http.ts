import { describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../kit/api-under-test.js';

/** What is not GraphQL. */
export function plainHttp(api: () => ApiUnderTest): void {
  describe('plain HTTP', () => {
    it('health and readiness answer', async () => {
      expect(await (await fetch(`${api().url}/health`)).json()).toEqual({ status: 'ok' });
      expect(await (await fetch(`${api().url}/ready`)).json()).toMatchObject({ status: 'ready' });
    });

    it('is not ready before the first block of its chain is indexed', async () => {
      await api().dataSource.query('UPDATE public.chain_checkpoint SET chain_id = 10');
      try {
        const response = await fetch(`${api().url}/ready`);
        expect([response.status, await response.json()]).toEqual([
          503,
          { status: 'unready', reason: 'nothing of the chain is indexed yet' },
        ]);
      } finally {
        await api().dataSource.query('UPDATE public.chain_checkpoint SET chain_id = 31337');
      }
    });

    it('tells wallets the chain', async () => {
      const network = (await (await fetch(`${api().url}/network.json`)).json()) as Record<string, unknown>;
      expect(network).toMatchObject({ chainId: 31_337, rpcUrl: 'http://127.0.0.1:8545' });
      expect(Object.keys(network['contracts'] as object)).toHaveLength(9);
    });

    it('serves pages for paths of pages only, with the headers that keep them safe', async () => {
      const page = await fetch(`${api().url}/proposals/7`, { headers: { accept: 'text/html' } });
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Tallyhouse')]);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(
        `connect-src 'self' ws://127.0.0.1:${api().port} wss://127.0.0.1:${api().port} http://127.0.0.1:8545;`,
      );
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-eval');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('x-powered-by')).toBeNull();
      const script = await fetch(`${api().url}/assets/main-1a2b.js`);
      expect([script.status, script.headers.get('cache-control')]).toEqual([
        200,
        expect.stringContaining('immutable'),
      ]);
      expect((await fetch(`${api().url}/assets/gone.js`)).status).toBe(404);
      expect((await fetch(`${api().url}/..%2f..%2fdeployment.json`)).status).not.toBe(200);
      const item = `${api().url}/items/${encodeURIComponent('https://id.gs1.org/00/395210040000002569')}`;
      expect((await fetch(item, { headers: { accept: 'text/html' } })).status).toBe(200);
    });
  });
  it('an error of our own says nothing of the database', async () => {
    await api().dataSource.query('ALTER VIEW home_chain.partner_current RENAME COLUMN name TO moved');
    try {
      const { errors } = await api().post('{ partners { name } }');
      expect(errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
      expect(JSON.stringify(errors)).not.toMatch(/partner_current|relation|SELECT|\.ts|\.js/);
    } finally {
      await api().dataSource.query('ALTER VIEW home_chain.partner_current RENAME COLUMN moved TO name');
    }
  });
}
