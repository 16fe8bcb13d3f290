import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { read } from '../../network/graphql-client.js';
import { INDEX_STATUS } from '../../network/queries/status.js';
import type { IndexStatus } from '../../network/types.js';
import type { Receipt } from '../../network/wallet-state.js';
import { faultSentence, walletFault } from '../../network/wallet-words.js';
import type { WalletFault } from '../../network/wallet-words.js';

export type Step =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'indexing'; block: string }
  | { kind: 'done'; words: string }
  | { kind: 'failed'; words: string; fault: WalletFault };

const POLL_MS = 800;
const INDEX_DEADLINE_MS = 60_000;

/** Runs one wallet step: ask, wait for the block, wait until the index has read that block, refresh what is shown. */
export function useStep() {
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const client = useQueryClient();
  const run = async (done: string, act: () => Promise<Receipt | void>) => {
    setStep({ kind: 'asking' });
    try {
      const receipt = await act();
      if (receipt) {
        setStep({ kind: 'indexing', block: receipt.blockNumber.toString() });
        await untilIndexed(receipt.blockNumber);
        await client.invalidateQueries();
      }
      setStep({ kind: 'done', words: done });
    } catch (error) {
      setStep({ kind: 'failed', words: faultSentence(error), fault: walletFault(error) });
    }
  };
  return { step, run, busy: step.kind === 'asking' || step.kind === 'indexing' };
}

/** The index may be down while the chain is not; then the pages refresh by themselves later. */
async function untilIndexed(block: bigint): Promise<void> {
  const deadline = performance.now() + INDEX_DEADLINE_MS;
  while (performance.now() < deadline) {
    const answer = await read<{ indexStatus: IndexStatus | null }>(INDEX_STATUS, {}).catch(() => null);
    const indexed = answer?.indexStatus?.blockNumber;
    if (indexed && BigInt(indexed) >= block) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
