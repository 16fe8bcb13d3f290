import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { resetUpgrade } from './kit/reset-upgrade.js';

const ROOT = new URL('../../../', import.meta.url);
const GUARD = new URL('apps/api/src/shared/subscriptions/upgrade-guard.ts', ROOT);

/** A server as @nestjs/graphql 14.0.3 sets it up: it looks at /graphql and leaves every other upgrade alone. */
const SERVER = `
  import { createServer } from 'node:http';
  const server = createServer();
  const guarded = process.argv.includes('guarded');
  if (guarded) {
    const { guardUpgrades } = await import(${JSON.stringify(GUARD.href)});
    guardUpgrades(server, [{ matches: (path) => path === '/graphql', handle: (request, socket) => socket.destroy() }]);
  } else {
    server.on('upgrade', (request, socket) => { if (request.url.startsWith('/graphql')) socket.destroy(); });
  }
  process.on('message', () => process.send('alive'));
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
`;

describe('an upgrade to a path that nobody serves, then a reset', () => {
  it('ends a process that leaves the socket without a listener', async () => {
    expect(await attacked('open')).toBe('dead');
  }, 20_000);

  it('does not end a process that guards its upgrades', async () => {
    expect(await attacked('guarded')).toBe('alive');
  }, 20_000);
});

async function attacked(mode: 'open' | 'guarded'): Promise<'alive' | 'dead'> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SERVER, mode], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    const ended = once(child, 'exit').then(() => 'dead' as const);
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    for (let attempt = 0; attempt < 5 && child.connected; attempt++) {
      await resetUpgrade(port, '/elsewhere').catch(() => undefined);
    }
    const answered = !child.connected ? ended : once(child, 'message').then(() => 'alive' as const);
    setTimeout(() => child.connected && child.send('alive?', () => undefined), 500);
    return await Promise.race([ended, answered]);
  } finally {
    child.kill('SIGKILL');
  }
}
