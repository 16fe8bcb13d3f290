import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { PartnerAccess, usePartnerAccess } from '../../components/partner-access.js';
import { Sheet } from '../../components/sheet.js';
import { Notice, failureSentence } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { ANSWER_DRILL, END_DRILL } from '../../network/queries/recalls.js';

/** What partners do in a drill: a holder answers, the opener ends it. */
export function DrillForms({ id }: { id: string }) {
  const client = useQueryClient();
  const access = usePartnerAccess();
  const [form, setForm] = useState({ recovered: '', outcome: '' });
  const [answer, setAnswer] = useState<{ fault?: unknown; isBusy: boolean }>({ isBusy: false });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const send = (query: string, variables: object) => {
    setAnswer({ isBusy: true });
    read(query, { id, ...variables }, undefined, access.headers)
      .then(() => client.invalidateQueries({ queryKey: ['recalls'] }))
      .then(() => setAnswer({ isBusy: false }))
      .catch((fault: unknown) => setAnswer({ fault, isBusy: false }));
  };
  const isReady = access.isReady && !answer.isBusy;
  const recovered = Number(form.recovered);
  return (
    <Sheet title="Take part">
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <PartnerAccess access={access} />
        <label className="field">
          Recovered in all so far
          <input
            type="number"
            min="0"
            step="any"
            value={form.recovered}
            onChange={(event) => set({ recovered: event.target.value })}
          />
        </label>
        <button
          type="button"
          className="button"
          disabled={!isReady || form.recovered === '' || !(recovered >= 0)}
          onClick={() => send(ANSWER_DRILL, { recovered })}
        >
          Answer
        </button>
        <label className="field field-grow">
          Outcome
          <input
            type="text"
            maxLength={1_000}
            value={form.outcome}
            onChange={(event) => set({ outcome: event.target.value })}
          />
        </label>
        <button
          type="button"
          className="button"
          disabled={!isReady}
          onClick={() => send(END_DRILL, { outcome: form.outcome.trim() })}
        >
          End the drill
        </button>
      </form>
      {answer.fault ? <Notice tone="bad">{failureSentence(answer.fault)}</Notice> : null}
    </Sheet>
  );
}
