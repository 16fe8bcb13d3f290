import { useState } from 'react';
import { download } from '../../components/download.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Failed, Notice } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { PARTNERS } from '../../network/queries/events.js';
import { EPCIS_EXPORT, FSMA_SHEET } from '../../network/queries/reports.js';
import { useRead } from '../../network/reads.js';
import type { Partner } from '../../network/types.js';
import { useSearch, useTitle } from '../../router/router.js';
import { rangeOf } from './range.js';

type Kind = 'FSMA' | 'EPCIS';

/** Files about a range of days: what an inspector asks for, and what another repository captures. */
export function ReportsPage() {
  useTitle('Reports');
  const [search, change] = useSearch();
  const [state, setState] = useState<'idle' | 'reading' | { fault: unknown }>('idle');
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const range = rangeOf(search.get('from'), search.get('to'));
  const partner = search.get('partner') || null;
  const take = (kind: Kind) => {
    if (!range) return;
    setState('reading');
    fetchFile(kind, { range, partner })
      .then((file) => {
        download(file.name, file.type, file.text);
        setState('idle');
      })
      .catch((fault: unknown) => setState({ fault }));
  };
  return (
    <>
      <PageHead
        title="Reports"
        lead="Choose days; take the traceability sheet that an inspector asks for, or the events as they were captured."
      />
      <Sheet title="A range of days" flush>
        <form className="filters" onSubmit={(event) => event.preventDefault()}>
          <DayField name="From" value={search.get('from')} change={(from) => change({ from })} />
          <DayField name="To, included" value={search.get('to')} change={(to) => change({ to })} />
          <label className="field">
            Captured by
            <select value={partner ?? ''} onChange={(event) => change({ partner: event.target.value })}>
              <option value="">Everybody</option>
              {partners.data?.partners.map((one) => (
                <option key={one.address} value={one.address}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        </form>
        <p className="more report-actions">
          <button
            type="button"
            className="button"
            disabled={!range || state === 'reading'}
            onClick={() => take('FSMA')}
          >
            FSMA 204 sheet (CSV)
          </button>{' '}
          <button
            type="button"
            className="button"
            disabled={!range || state === 'reading'}
            onClick={() => take('EPCIS')}
          >
            Events (EPCIS 2.0)
          </button>
        </p>
        {range ? null : <Notice tone="plain">Give both days; the first must not come after the last.</Notice>}
        {typeof state === 'object' ? <Failed error={state.fault} /> : null}
      </Sheet>
    </>
  );
}

function DayField(props: { name: string; value: string | null; change: (value: string) => void }) {
  return (
    <label className="field">
      {props.name}
      <input type="date" value={props.value ?? ''} onChange={(event) => props.change(event.target.value)} />
    </label>
  );
}

async function fetchFile(
  kind: Kind,
  variables: { range: { from: string; to: string }; partner: string | null },
): Promise<{ name: string; type: string; text: string }> {
  const days = `${variables.range.from.slice(0, 10)}_${variables.range.to.slice(0, 10)}`;
  if (kind === 'FSMA') {
    const { fsmaSheet } = await read<{ fsmaSheet: { csv: string } }>(FSMA_SHEET, variables);
    return { name: `fsma204_${days}.csv`, type: 'text/csv', text: fsmaSheet.csv };
  }
  const { epcisExport } = await read<{ epcisExport: object }>(EPCIS_EXPORT, variables);
  const text = `${JSON.stringify(epcisExport, null, 1)}\n`;
  return { name: `epcis_${days}.jsonld`, type: 'application/ld+json', text };
}
