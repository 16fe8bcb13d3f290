import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { PartnerAccess, usePartnerAccess } from '../../components/partner-access.js';
import { Sheet } from '../../components/sheet.js';
import { Notice, failureSentence } from '../../components/states.js';
import { stateWord } from '../../format/names.js';
import { read } from '../../network/graphql-client.js';
import { JUDGE_FINDING } from '../../network/queries/findings.js';

const STATES = ['OPEN', 'IN_REVIEW', 'RESOLVED', 'DISMISSED'] as const;

/** Notes what a partner decides about a finding. */
export function JudgeFinding({ id, state }: { id: string; state: string }) {
  const client = useQueryClient();
  const [form, setForm] = useState({ state, assignee: '', comment: '', resolution: '' });
  const access = usePartnerAccess();
  const [answer, setAnswer] = useState<{ fault?: unknown; isBusy: boolean }>({ isBusy: false });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const send = () => {
    setAnswer({ isBusy: true });
    const judgement = {
      state: form.state,
      ...(form.assignee.trim() ? { assignee: form.assignee.trim() } : {}),
      ...(form.comment.trim() ? { comment: form.comment.trim() } : {}),
      ...(form.resolution.trim() ? { resolution: form.resolution.trim() } : {}),
    };
    read(JUDGE_FINDING, { id, judgement }, undefined, access.headers)
      .then(() => client.invalidateQueries({ queryKey: ['findings'] }))
      .then(() => setAnswer({ isBusy: false }))
      .catch((fault: unknown) => setAnswer({ fault, isBusy: false }));
  };
  return (
    <Sheet title="Decide">
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="field">
          State
          <select value={form.state} onChange={(event) => set({ state: event.target.value })}>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {stateWord(one)}
              </option>
            ))}
          </select>
        </label>
        <Text name="Assigned to" value={form.assignee} change={(assignee) => set({ assignee })} />
        <Text name="Comment" value={form.comment} change={(comment) => set({ comment })} />
        <Text
          name="Resolution"
          value={form.resolution}
          change={(resolution) => set({ resolution })}
          isRequired={form.state === 'RESOLVED'}
        />
        <PartnerAccess access={access} />
        <button type="submit" className="button" disabled={answer.isBusy || !access.isReady}>
          {answer.isBusy ? 'Noting…' : 'Note it'}
        </button>
      </form>
      {answer.fault ? <Notice tone="bad">{failureSentence(answer.fault)}</Notice> : null}
    </Sheet>
  );
}

interface TextProps {
  name: string;
  value: string;
  change: (value: string) => void;
  isRequired?: boolean;
}

function Text({ name, value, change, isRequired = false }: TextProps) {
  return (
    <label className="field field-grow">
      {name}
      <input
        type="text"
        value={value}
        maxLength={4_000}
        required={isRequired}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}
