import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../../apps/cli/src/up/stack.js';
import type { LoadDocuments } from '../load/documents.js';
import { graphql, http, type Failure } from '../load/requests.js';

const PAUSE_MS = 200;
const READ = '{ events(first: 5) { edges { node { id status } } } }';

/** How often what was asked for came to what: `good`, or a word for what went wrong. */
export type Asking = Readonly<Record<'captures' | 'reads' | 'health' | 'ready', Record<string, number>>>;

/** Captures, reads and looks at the probes for some seconds, one after the other. */
export async function askAll(stack: Stack, documents: LoadDocuments, seconds: number): Promise<Asking> {
  const { apiUrl } = stack;
  const until = performance.now() + seconds * 1_000;
  const asked: Asking = { captures: {}, reads: {}, health: {}, ready: {} };
  const asking: Readonly<Record<keyof Asking, () => Promise<Failure>>> = {
    captures: () => documents.captureByGraphql(apiUrl),
    reads: () => graphql(apiUrl, READ),
    health: () => http(`${apiUrl}/health`, {}),
    ready: () => http(`${apiUrl}/ready`, {}),
  };
  const loop = async (kind: keyof Asking): Promise<void> => {
    while (performance.now() < until) {
      const outcome = (await asking[kind]()) ?? 'good';
      asked[kind][outcome] = (asked[kind][outcome] ?? 0) + 1;
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all((Object.keys(asking) as (keyof Asking)[]).map(loop));
  return asked;
}
