import { Facts } from '../../components/marks.js';
import { flattenReport } from './flatten-report.js';

/** A report is a JSON file of any form; its numbers come first, the whole text after. */
export function Report({ report }: { report: unknown }) {
  const { rows, cut } = flattenReport(report);
  return (
    <>
      <Facts wide rows={rows} />
      {cut > 0 ? <p className="quiet">{cut} more values are in the text below.</p> : null}
      <details>
        <summary>The whole report as text</summary>
        <pre className="code">{JSON.stringify(report, null, 2)}</pre>
      </details>
    </>
  );
}
