import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { resetUpgrade } from '../kit/reset-upgrade.js';

/** What strangers do to the WebSocket. */
export function sockets(api: () => ApiUnderTest): void {
  describe('sockets', () => {
    it('answers after many upgrades to wrong paths were reset', async () => {
      for (let attempt = 0; attempt < 20; attempt++)
        await resetUpgrade(api().port, `/not-graphql-${attempt}`);
      await resetUpgrade(api().port, '/graphql');
      expect((await fetch(`${api().url}/health`)).status).toBe(200);
    });

    it('refuses an upgrade to another path with 404', async () => {
      const client = new WebSocket(`ws://127.0.0.1:${api().port}/other`);
      const [error] = (await once(client, 'error').catch((reason: unknown) => [reason])) as [Error];
      expect(error.message).toContain('404');
    });

    it('drops a client that sends more than a message may hold', async () => {
      const client = new WebSocket(`ws://127.0.0.1:${api().port}/graphql`, 'graphql-transport-ws');
      await once(client, 'open');
      client.on('error', () => undefined);
      client.send('x'.repeat(70_000));
      const [code] = (await once(client, 'close')) as [number];
      expect(code).toBe(1009);
      expect((await fetch(`${api().url}/health`)).status).toBe(200);
    });
  });
}
