import { useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { Failed } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { WHAT_IF, WHAT_IF_VERSIONS } from '../../network/queries/forecasts.js';
import { useRead } from '../../network/reads.js';
import type { SeriesRow, WhatIf, WhatIfVersion } from '../../network/types.js';
import { WhatIfAnswer } from './what-if-answer.js';
import { hintOf, versionWords } from './what-if-words.js';

/** Asks a version in force, or a candidate, what would be; not there where none takes covariates of such series. */
export function WhatIfSheet({ series }: { series: SeriesRow }) {
  const found = useRead<{ whatIfVersions: WhatIfVersion[] }>('forecasts', WHAT_IF_VERSIONS);
  const versions = (found.data?.whatIfVersions ?? []).filter(
    ({ measure, frequency }) => measure === series.measure && frequency === series.frequency,
  );
  if (versions.length === 0) return null;
  return (
    <Sheet title="What if" aside="by a model that hears of prices and the like">
      <WhatIfForm series={series} versions={versions} />
    </Sheet>
  );
}

interface Asked {
  isBusy: boolean;
  fault?: unknown;
  changes?: string;
  answer?: WhatIf | null;
}

function WhatIfForm({ series, versions }: { series: SeriesRow; versions: WhatIfVersion[] }) {
  const [form, setForm] = useState({ versionId: '', changes: '', from: '', until: '' });
  const [asked, setAsked] = useState<Asked>({ isBusy: false });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  // It stays chosen while the list is read again.
  const version = versions.find(({ versionId }) => versionId === form.versionId) ?? versions[0]!;
  const ask = () => {
    const changes = form.changes.trim();
    const input = {
      ...{ seriesId: series.id, changes, versionId: version.versionId },
      ...(form.from ? { from: `${form.from}T00:00:00Z` } : {}),
      ...(form.until ? { until: `${form.until}T00:00:00Z` } : {}),
    };
    setAsked({ isBusy: true });
    read<{ whatIf: WhatIf | null }>(WHAT_IF, { input })
      .then(({ whatIf }) => setAsked({ isBusy: false, changes, answer: whatIf }))
      .catch((fault: unknown) => setAsked({ isBusy: false, fault }));
  };
  const { answer, changes = '', isBusy, fault } = asked;
  return (
    <>
      <p>{hintOf(version.covariates, series.grain)}</p>
      <form
        className="filters"
        aria-label="What if"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <label className="field field-grow">
          Model
          <select
            value={version.versionId}
            onChange={(event) => {
              set({ versionId: event.target.value });
              setAsked({ isBusy: false });
            }}
          >
            {versions.map((one) => (
              <option key={one.versionId} value={one.versionId}>
                {versionWords(one)}
              </option>
            ))}
          </select>
        </label>
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
        <button type="submit" className="button" disabled={isBusy || form.changes.trim() === ''}>
          {isBusy ? 'Asking…' : 'Ask'}
        </button>
      </form>
      <div role="status" className="told">
        {answer === undefined ? null : (
          <WhatIfAnswer changes={changes} frequency={series.frequency} answer={answer} />
        )}
      </div>
      {fault ? <Failed error={fault} /> : null}
    </>
  );
}
