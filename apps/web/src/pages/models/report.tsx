import { Facts } from '../../components/marks.js';
import { flattenReport } from './flatten-report.js';

/** A report is a JSON file of any form; its numbers come first, unless tables above told them, and the whole text after. */
export function Report({ report, isTold }: { report: unknown; isTold: boolean }) {
  const { rows, cut } = isTold ? { rows: [], cut: 0 } : flattenReport(report);
  return (
    <>
      {rows.length > 0 ? <Facts wide rows={rows} /> : null}
      {cut > 0 ? <p className="quiet">{cut} more values are in the text below.</p> : null}
      <details>
        <summary>The whole report as text</summary>
        <pre className="code">{JSON.stringify(report, null, 2)}</pre>
      </details>
    </>
  );
}
