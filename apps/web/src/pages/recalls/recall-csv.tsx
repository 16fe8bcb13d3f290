import { useState } from 'react';
import { Failed } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { RECALL_CSV } from '../../network/queries/recalls.js';

/** Reads the whole list, which the page does not, when it is asked for. */
export function RecallCsv({ id, save }: { id: string; save: (text: string) => void }) {
  const [state, setState] = useState<'idle' | 'reading' | { fault: unknown }>('idle');
  const take = () => {
    setState('reading');
    read<{ recall: { csv: string } }>(RECALL_CSV, { id })
      .then(({ recall }) => {
        save(recall.csv);
        setState('idle');
      })
      .catch((fault: unknown) => setState({ fault }));
  };
  return (
    <>
      <button type="button" className="button" disabled={state === 'reading'} onClick={take}>
        {state === 'reading' ? 'Reading…' : 'CSV'}
      </button>
      {typeof state === 'object' ? <Failed error={state.fault} /> : null}
    </>
  );
}
