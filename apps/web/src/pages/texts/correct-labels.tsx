import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Hash, Time } from '../../components/marks.js';
import { PartnerAccess, usePartnerAccess } from '../../components/partner-access.js';
import { Sheet } from '../../components/sheet.js';
import { Notice, failureSentence } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { CORRECT_LABELS } from '../../network/queries/texts.js';
import type { TextDetail } from '../../network/text-types.js';
import { labelsAmong } from './labels-among.js';

/** What people say that a text is, which the next candidate learns from. */
export function CorrectLabels({ text }: { text: TextDetail }) {
  const [latest] = text.labels;
  const said = text.corrections[0]?.labels ?? latest?.labels ?? [];
  const among = labelsAmong(latest?.probabilities.map(({ label }) => label) ?? [], said);
  return (
    <Sheet title="What people say it is" aside={`${text.corrections.length}`}>
      {text.corrections.map((one) => (
        <p key={one.correctedAt}>
          <strong>{one.labels.join(', ') || 'none of them'}</strong>
          {one.reason ? <>: {one.reason}</> : null}{' '}
          <span className="quiet">
            <Hash label="partner" value={one.correctedBy} /> <Time iso={one.correctedAt} />
          </span>
        </p>
      ))}
      <Form key={said.join(';')} hash={text.textSha256} among={among} said={said} />
    </Sheet>
  );
}

function Form({ hash, among, said }: { hash: string; among: readonly string[]; said: readonly string[] }) {
  const client = useQueryClient();
  const [form, setForm] = useState({ labels: said, other: '', reason: '' });
  const access = usePartnerAccess();
  const [answer, setAnswer] = useState<{ fault?: unknown; isBusy: boolean }>({ isBusy: false });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const send = () => {
    setAnswer({ isBusy: true });
    const labels = [...form.labels, form.other.trim()].filter((label) => label !== '');
    const variables = { hash, labels, reason: form.reason.trim() };
    read(CORRECT_LABELS, variables, undefined, access.headers)
      .then(() => client.invalidateQueries({ queryKey: ['texts'] }))
      .then(() => setAnswer({ isBusy: false }))
      .catch((fault: unknown) => setAnswer({ fault, isBusy: false }));
  };
  return (
    <form
      className="filters"
      aria-label="Correct labels"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <fieldset className="field field-grow label-choice">
        <legend>It is</legend>
        {among.map((label) => (
          <label key={label} className="field-check">
            <input
              type="checkbox"
              checked={form.labels.includes(label)}
              onChange={({ target }) =>
                set({
                  labels: target.checked
                    ? [...form.labels, label]
                    : form.labels.filter((one) => one !== label),
                })
              }
            />
            {label}
          </label>
        ))}
      </fieldset>
      <Words name="Another label" most={200} value={form.other} change={(other) => set({ other })} />
      <Words name="Why" most={2_000} value={form.reason} change={(reason) => set({ reason })} />
      <PartnerAccess access={access} />
      <button type="submit" className="button" disabled={answer.isBusy || !access.isReady}>
        {answer.isBusy ? 'Noting…' : 'Say so'}
      </button>
      {answer.fault ? <Notice tone="bad">{failureSentence(answer.fault)}</Notice> : null}
    </form>
  );
}

interface WordsProps {
  name: string;
  most: number;
  value: string;
  change: (value: string) => void;
}

function Words({ name, most, value, change }: WordsProps) {
  return (
    <label className="field field-grow">
      {name}
      <input type="text" value={value} maxLength={most} onChange={(event) => change(event.target.value)} />
    </label>
  );
}
