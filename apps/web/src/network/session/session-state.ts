import { useSyncExternalStore } from 'react';
import type { Hex } from '../types.js';

/** What this browser knows of a sign-in without asking; the tokens are in cookies that no script reads. */
export interface KeptSession {
  address: Hex;
  /** When the session ends unless it is used, ISO 8601. */
  expiresAt: string;
  /** By the clock of this browser, from when on the tokens are changed before anything is asked. */
  refreshAtMs: number;
  /** By the clock of this browser, when the api last gave tokens. */
  givenAtMs: number;
}

/** What the api answers when a session begins or goes on. */
export interface SessionAnswer {
  session: { address: Hex; refreshedAt: string; expiresAt: string };
  accessExpiresAt: string;
}

export interface SessionState {
  kept: KeptSession | null;
  /** It ended by itself or on another device, and the reader has not been told yet. */
  hasEnded: boolean;
}

const KEY = 'tallyhouse.session';
/** Refreshed so long before the tokens end, so that none ends on its way. */
const MARGIN_MS = 60_000;

/** Whether this browser refuses to keep anything; then what this page knows is all there is. */
let keepsNothing = false;

let state: SessionState = { kept: stored(), hasEnded: false };
const listeners = new Set<() => void>();

if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) change({ ...state, kept: stored() });
  });
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** What another page of this browser may have changed meanwhile. */
export function keptSession(): KeptSession | null {
  return keepsNothing ? state.kept : stored();
}

/** Takes up a session that began or goes on. The clocks here and there may differ: only spans are taken over. */
export function keepSession({ session, accessExpiresAt }: SessionAnswer, nowMs: number): void {
  const lifeMs = Date.parse(accessExpiresAt) - Date.parse(session.refreshedAt);
  const kept = {
    address: session.address,
    expiresAt: session.expiresAt,
    refreshAtMs: nowMs + Math.max(0, lifeMs - MARGIN_MS),
    givenAtMs: nowMs,
  };
  store(kept);
  change({ kept, hasEnded: false });
}

/** Lets the next question change the tokens first. */
export function expireTokens(): void {
  const kept = keptSession();
  if (!kept) return;
  store({ ...kept, refreshAtMs: 0 });
  change({ ...state, kept: { ...kept, refreshAtMs: 0 } });
}

/** @param hasEnded whether the reader is to be told that it ended by itself */
export function dropSession(hasEnded: boolean): void {
  store(null);
  change({ kept: null, hasEnded });
}

function change(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function stored(): KeptSession | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) ?? 'null') as Partial<KeptSession> | null;
    const { address, expiresAt, refreshAtMs, givenAtMs } = kept ?? {};
    if (!address || !/^0x[0-9a-f]{40}$/i.test(address)) return null;
    if (typeof expiresAt !== 'string' || typeof refreshAtMs !== 'number') return null;
    return { address, expiresAt, refreshAtMs, givenAtMs: Number(givenAtMs) || 0 };
  } catch {
    return null;
  }
}

/** A browser that keeps nothing is signed in until the page is left. */
function store(kept: KeptSession | null): void {
  try {
    if (kept) window.localStorage.setItem(KEY, JSON.stringify(kept));
    else window.localStorage.removeItem(KEY);
  } catch {
    keepsNothing = true;
  }
}
