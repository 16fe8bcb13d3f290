import { useState } from 'react';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty, Failed, Notice } from '../../components/states.js';
import { quantity } from '../../format/numbers.js';
import { periodName } from '../../format/times.js';
import { read } from '../../network/graphql-client.js';
import { COVARIATES_TAKEN, WHAT_IF } from '../../network/queries/forecasts.js';
import { useRead } from '../../network/reads.js';
import type { Covariate, SeriesRow, WhatIf } from '../../network/types.js';
import { hintOf, sumWords } from './what-if-words.js';

/** Asks the version in force what would be; not there where it takes no covariates. */
export function WhatIfSheet({ series }: { series: SeriesRow }) {
  const taken = useRead<{ covariatesTaken: Covariate[] }>('forecasts', COVARIATES_TAKEN);
  const covariates = taken.data?.covariatesTaken ?? [];
  if (covariates.length === 0) return null;
  return (
    <Sheet title="What if" aside="by the model in force">
      <WhatIfForm series={series} covariates={covariates} />
    </Sheet>
  );
}

interface Asked {
  isBusy: boolean;
  fault?: unknown;
  changes?: string;
  answer?: WhatIf | null;
}

function WhatIfForm({ series, covariates }: { series: SeriesRow; covariates: Covariate[] }) {
  const [form, setForm] = useState({ changes: '', from: '', until: '' });
  const [asked, setAsked] = useState<Asked>({ isBusy: false });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const ask = () => {
    const changes = form.changes.trim();
    const input = {
      ...{ seriesId: series.id, changes },
      ...(form.from ? { from: `${form.from}T00:00:00Z` } : {}),
      ...(form.until ? { until: `${form.until}T00:00:00Z` } : {}),
    };
    setAsked({ isBusy: true });
    read<{ whatIf: WhatIf | null }>(WHAT_IF, { input })
      .then(({ whatIf }) => setAsked({ isBusy: false, changes, answer: whatIf }))
      .catch((fault: unknown) => setAsked({ isBusy: false, fault }));
  };
  return (
    <>
      <p>{hintOf(covariates, series.grain)}</p>
      <form
        className="filters"
        aria-label="What if"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <label className="field field-grow">
          Changes
          <input
            type="text"
            required
            maxLength={500}
            placeholder="price +10 %"
            value={form.changes}
            onChange={(event) => set({ changes: event.target.value })}
          />
        </label>
        <label className="field">
          From
          <input type="date" value={form.from} onChange={(event) => set({ from: event.target.value })} />
        </label>
        <label className="field">
          Until, not included
          <input type="date" value={form.until} onChange={(event) => set({ until: event.target.value })} />
        </label>
        <button type="submit" className="button" disabled={asked.isBusy || form.changes.trim() === ''}>
          {asked.isBusy ? 'Asking…' : 'Ask'}
        </button>
      </form>
      <div role="status">
        {asked.answer ? <Told series={series} changes={asked.changes ?? ''} answer={asked.answer} /> : null}
        {asked.answer === null ? (
          <Empty title="No forecast of this series yet">
            No period of it is whole, or its data ended too long ago.
          </Empty>
        ) : null}
      </div>
      {asked.fault ? <Failed error={asked.fault} /> : null}
    </>
  );
}

function Told({ series, changes, answer }: { series: SeriesRow; changes: string; answer: WhatIf }) {
  const deaf = answer.covariates.filter(({ isHeard, name }) => !isHeard && changes.includes(name));
  return (
    <>
      <p>
        <strong>{sumWords(changes, answer.points)}</strong>
      </p>
      {deaf.length > 0 ? (
        <Notice tone="plain">
          The model does not listen to {deaf.map(({ name }) => name).join(', ')}: it did not help on values
          that training had not seen, so changing it changes nothing.
        </Notice>
      ) : null}
      <Ledger
        label="As planned and as changed"
        head={columns('Period', '#As planned', '#With the change', '~#Difference')}
      >
        {answer.points.map(({ step, targetStart, planned, changed }) => (
          <tr key={step}>
            <th scope="row">{periodName(targetStart, series.frequency)}</th>
            <td className="number">{quantity(planned.mean)}</td>
            <td className="number">{quantity(changed.mean)}</td>
            <td className="number wide">{quantity(changed.mean - planned.mean)}</td>
          </tr>
        ))}
      </Ledger>
      <p className="quiet">
        Both are the model’s own of this series alone; a run also brings it together with the series that it
        adds up with. What went together in the past is told, whether or not one was the cause of the other.
      </p>
    </>
  );
}
