import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { read, ReadError } from '../../network/graphql-client.js';
import { INDEXED_BLOCK } from '../../network/queries/status.js';
import type { Receipt } from '../../network/wallet-state.js';
import { faultSentence, walletFault } from '../../network/wallet-words.js';
import type { WalletFault } from '../../network/wallet-words.js';

export type Step =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'indexing'; block: string }
  | { kind: 'done'; words: string }
  | { kind: 'failed'; words: string; fault: WalletFault };

const RETRY_MS = 800;
const INDEX_DEADLINE_MS = 60_000;

/** Runs one wallet step: ask, wait for the block, wait until the index has read that block, refresh what is shown. */
export function useStep() {
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const client = useQueryClient();
  /** True when the step was done; what went wrong otherwise is in `step`. */
  const run = async (done: string, act: () => Promise<Receipt | void>): Promise<boolean> => {
    setStep({ kind: 'asking' });
    try {
      const receipt = await act();
      if (receipt) {
        setStep({ kind: 'indexing', block: receipt.blockNumber.toString() });
        await untilIndexed(receipt.blockNumber);
        await client.invalidateQueries();
      }
      setStep({ kind: 'done', words: done });
      return true;
    } catch (error) {
      setStep({ kind: 'failed', words: faultSentence(error), fault: walletFault(error) });
      return false;
    }
  };
  return { step, run, busy: step.kind === 'asking' || step.kind === 'indexing' };
}

/** The api answers once the index holds the block. It may be down while the chain is not; then the pages refresh later. */
async function untilIndexed(block: bigint): Promise<void> {
  const deadline = performance.now() + INDEX_DEADLINE_MS;
  while (performance.now() < deadline) {
    try {
      await read(INDEXED_BLOCK, { block: Number(block) });
      return;
    } catch (error) {
      if (error instanceof ReadError && error.code === 'INDEX_BEHIND') continue;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
