import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { sessionSentence } from '../network/session/session-words.js';

interface Acted {
  isBusy: boolean;
  fault: string | null;
  done: string | null;
}

/** Runs one thing that the reader asked for, says how it ended, and reads again what it may have changed. */
export function useAct() {
  const client = useQueryClient();
  const [state, setState] = useState<Acted>({ isBusy: false, fault: null, done: null });
  /**
   * True when it was done; what went wrong otherwise is in `fault`.
   *
   * @param options.done what is said then
   * @param options.changes whether what the pages show may be another now; so unless said otherwise
   */
  const run = async (
    step: () => Promise<unknown>,
    { done = null, changes = true }: { done?: string | null; changes?: boolean } = {},
  ): Promise<boolean> => {
    setState({ isBusy: true, fault: null, done: null });
    try {
      await step();
      if (changes) await client.invalidateQueries();
      setState({ isBusy: false, fault: null, done });
      return true;
    } catch (error) {
      setState({ isBusy: false, fault: sessionSentence(error), done: null });
      return false;
    }
  };
  const clear = () => setState({ isBusy: false, fault: null, done: null });
  return { ...state, run, clear };
}
