import { useState } from 'react';
import { download } from '../../components/download.js';
import { PageHead } from '../../components/sheet.js';
import { Answer, Empty, Failed } from '../../components/states.js';
import { identifierPath, itemPath } from '../../format/names.js';
import { read } from '../../network/graphql-client.js';
import { ITEM_REPORT, ITEM_REPORT_WITH_PROOFS } from '../../network/queries/reports.js';
import { useRead } from '../../network/reads.js';
import type { ItemReport } from '../../network/report-types.js';
import { Link, useTitle } from '../../router/router.js';
import { FindingsSheet, IdentitySheet, MomentSheet, WhereSheet } from './identity-sheets.js';
import { BalanceSheet, CorrectionsSheet, CustodySheet, TemperatureSheet } from './evidence-sheets.js';
import { TimelineSheet, TraceSheet } from './journey-sheets.js';

/** All that is known of an item on one page, made to be printed; the file beside it carries the proofs. */
export function ReportPage({ uri }: { uri: string }) {
  useTitle('Audit report');
  const answer = useRead<{ itemReport: ItemReport | null }>('events', ITEM_REPORT, { uri });
  return (
    <Answer of={answer} rows={16}>
      {({ itemReport }) =>
        itemReport ? (
          <Found report={itemReport} />
        ) : (
          <>
            <PageHead
              title="Nothing is known of this"
              lead={<span className="mono">{identifierPath(uri)}</span>}
            />
            <Empty title="No event names this identifier">
              <Link to="/events">See all events.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

function Found({ report }: { report: ItemReport }) {
  const { uri, identity } = report;
  const lead = (
    <>
      Audit report of <span className="mono">{identifierPath(uri)}</span>
    </>
  );
  return (
    <>
      <PageHead title={identity.productName ?? 'Audit report'} lead={lead}>
        <DownloadButton uri={uri} />
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
        <Link className="button" to={itemPath(uri)}>
          Item
        </Link>
        <Link className="button" to={`/recalls?items=${encodeURIComponent(uri)}`}>
          Recall
        </Link>
      </PageHead>
      <div className="columns">
        <IdentitySheet report={report} />
        <WhereSheet report={report} />
      </div>
      <FindingsSheet findings={report.findings} />
      <TimelineSheet events={report.timeline} />
      <TraceSheet title="Where it came from" trace={report.origins} />
      <TraceSheet title="Where it went" trace={report.destinations} />
      <CustodySheet custody={report.custody} />
      <BalanceSheet balances={report.balances} />
      <TemperatureSheet temperatures={report.temperatures} />
      <CorrectionsSheet corrections={report.corrections} />
      <MomentSheet report={report} />
    </>
  );
}

/** The report with the proof bundle of each event; `tallyhouse verify` and the page Verify's program read it. */
function DownloadButton({ uri }: { uri: string }) {
  const [state, setState] = useState<'idle' | 'reading' | { fault: unknown }>('idle');
  const fetchIt = () => {
    setState('reading');
    read<{ itemReport: ItemReport }>(ITEM_REPORT_WITH_PROOFS, { uri })
      .then(({ itemReport }) => {
        download(
          `report${identifierPath(uri)}.json`,
          'application/json',
          `${JSON.stringify(itemReport, null, 1)}\n`,
        );
        setState('idle');
      })
      .catch((fault: unknown) => setState({ fault }));
  };
  return (
    <>
      <button type="button" className="button" disabled={state === 'reading'} onClick={fetchIt}>
        {state === 'reading' ? 'Gathering proofs…' : 'Download with proofs'}
      </button>
      {typeof state === 'object' ? <Failed error={state.fault} retry={fetchIt} /> : null}
    </>
  );
}
