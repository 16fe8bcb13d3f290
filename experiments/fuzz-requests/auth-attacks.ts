import type { Random } from '@tallyhouse/compute';
import type { Attack } from './attack.js';
import { drawn, hostileText, hostileValue, mangled, mutated } from './hostile-values.js';

const PATHS = ['nonce', 'sign-in', 'sign-in', 'sign-in', 'refresh', 'sign-out', 'session', 'sessions/?', '?'];
const MESSAGE = `127.0.0.1:3000 wants you to sign in with your Ethereum account:
0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266

URI: http://127.0.0.1:3000/
Version: 1
Chain ID: 31337
Nonce: 0123456789abcdef
Issued At: 2026-03-01T12:00:00Z`;

/** Attempts to sign in that cannot succeed, and tokens that nobody was given. */
export function authAttack(random: Random): Attack {
  const path = drawn(random, PATHS).replace('?', () =>
    encodeURIComponent(hostileText(random).toWellFormed()),
  );
  const body = {
    message:
      random.below(3) === 0 ? mangled(random, MESSAGE) : MESSAGE.replace('0123', () => hostileText(random)),
    signature: drawn(random, ['0x', `0x${'1b'.repeat(65)}`, hostileText(random)]),
    deliver: drawn(random, ['cookie', 'body', hostileText(random)]),
    refreshToken: hostileValue(random),
  };
  const secret = hostileText(random);
  return {
    method: drawn(random, ['POST', 'POST', 'POST', 'GET', 'DELETE']),
    path: `/auth/${path}`,
    headers: {
      'content-type': drawn(random, ['application/json', 'application/json', 'text/plain']),
      ...(random.below(3) === 0 ? { authorization: `Bearer ${secret}` } : {}),
      ...(random.below(3) === 0
        ? { cookie: `tallyhouse_access=${secret}; tallyhouse_refresh=${secret}` }
        : {}),
      ...(random.below(6) === 0 ? { origin: hostileText(random) } : {}),
    },
    body: random.below(6) === 0 ? hostileText(random) : JSON.stringify(mutated(random, body)),
  };
}
