import { useSyncExternalStore } from 'react';
import type { Network } from './network-file.js';
import type { Hex } from './types.js';

/** What the pages know of the reader's wallet. The code that talks to it loads on the first need. */
export interface WalletState {
  phase: 'closed' | 'loading' | 'ready' | 'connecting';
  address: Hex | null;
  chainId: number | null;
  wallets: { id: string; name: string }[];
  network: Network | null;
  /** What a phone reads to connect, while it is asked for; drawn as squares in a row. */
  pairing: { uri: string; size: number; path: string } | null;
}

export interface Receipt {
  hash: Hex;
  blockNumber: bigint;
}

/** What an account holds now, read from the chain and not from the api; the zero address when nobody votes with it. */
export interface Holdings {
  votesNow: bigint;
  balance: bigint;
  delegate: Hex;
}

/** An account's standing on one proposal, read from the chain and not from the api. */
export interface Standing extends Holdings {
  hasVoted: boolean;
  votesAtOpening: bigint;
  /** Tokens held, and whom they were delegated to, when voting opened; nothing while it has not. */
  balanceAtOpening: bigint;
  delegateAtOpening: Hex;
  /** Voted with own tokens over the delegate's head. */
  hasOverridden: boolean;
  /** Time of the chain's newest block, unix seconds. */
  chainTime: number;
}

let state: WalletState = {
  ...{ phase: 'closed', address: null, chainId: null },
  ...{ wallets: [], network: null, pairing: null },
};
const listeners = new Set<() => void>();

export function changeWallet(change: Partial<WalletState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function useWallet(): WalletState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** True when this browser was connected last time, so that the connection can be taken up without a question. */
export function wasConnected(): boolean {
  try {
    return window.localStorage.getItem('wagmi.recentConnectorId') !== null;
  } catch {
    return false;
  }
}
