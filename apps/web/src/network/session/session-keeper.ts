import { ask, AuthRefusal } from './auth-client.js';
import { dropSession, keepSession, keptSession } from './session-state.js';
import type { SessionAnswer } from './session-state.js';

const LOCK = 'tallyhouse-session';

let changing: Promise<void> | undefined;

/** Changes the tokens when they are about to end, before anything is asked with them; does nothing for who is not signed in. */
export async function keepFresh(): Promise<void> {
  if (!isDue()) return;
  changing ??= alone(async () => {
    if (isDue()) await refresh();
  }).finally(() => (changing = undefined));
  await changing;
}

/** Ends the session here; the api may be away, then the session ends there by itself. */
export async function signOut(): Promise<void> {
  dropSession(false);
  await ask('sign-out');
}

function isDue(): boolean {
  const kept = keptSession();
  return kept !== null && Date.now() >= kept.refreshAtMs;
}

async function refresh(): Promise<void> {
  try {
    keepSession(await ask<SessionAnswer>('refresh'), Date.now());
  } catch (error) {
    // Without an answer nothing is known: the next question tries again.
    if (!(error instanceof AuthRefusal) || error.code !== 'SESSION_ENDED') return;
    dropSession(true);
    await ask('sign-out').catch(() => undefined);
  }
}

/**
 * A refresh token is good once, and two pages that use it together look like a thief: of all pages of this browser one does
 * it. Browsers without locks have them on https and on this machine's own address alone.
 */
async function alone(step: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return step();
  await navigator.locks.request(LOCK, step);
}
