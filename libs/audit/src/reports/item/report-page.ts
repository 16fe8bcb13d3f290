import type { ItemReport } from './item-report.js';
import { reportSections, type ReportSection } from './report-sections.js';

/** Ink on paper: one column, A4, no colour that a printer would lose. */
const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #14201b; background: #fff;
  font: 0.875rem/1.45 system-ui, 'Segoe UI', 'Liberation Sans', sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 0.2rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.6rem 0 0.4rem; border-bottom: 2px solid #12513c; padding-bottom: 0.15rem; break-after: avoid; }
p { margin: 0.3rem 0; }
.quiet { color: #4a5952; }
table { width: 100%; border-collapse: collapse; font-size: 0.8rem; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid #d5dfd9; overflow-wrap: anywhere; }
th { font-weight: 600; }
tbody th { width: 11rem; color: #4a5952; font-weight: 500; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; } table { font-size: 8.5pt; } }
`;

/**
 * The report as one HTML page that needs nothing else: no script runs, no address is loaded. `bundles` ride along as
 * JSON, so that the same file can be handed to `tallyhouse verify`.
 *
 * @param bundles proof bundles of the events of the timeline
 */
export function reportPage(report: ItemReport, bundles: readonly unknown[]): string {
  const { identity, uri, asOf } = report;
  const title = identity.productName ?? uri;
  const attached = JSON.stringify({ ...report, bundles }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit report: ${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="quiet">${escaped(uri)}</p>
<p class="quiet">Audit report of ${escaped(asOf.asked)}, read at block ${escaped(asOf.block ?? 'none')} (${escaped(asOf.blockTime ?? '')}).
${bundles.length} proof bundles ride along in this file: check them offline with <code>tallyhouse verify</code>.</p>
${reportSections(report).map(section).join('\n')}
<script type="application/json" id="tallyhouse-item-report">${attached}</script>
</body>
</html>
`;
}

function section({ title, note, head, rows }: ReportSection): string {
  const isList = head.length === 0;
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        isList && index === 0 ? `<th scope="row">${escaped(cell)}</th>` : `<td>${escaped(cell)}</td>`,
      )
      .join('');
  const top = isList
    ? ''
    : `<thead><tr>${head.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`;
  const table =
    rows.length === 0
      ? ''
      : `<table>${top}<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody></table>`;
  return `<section><h2>${escaped(title)}</h2>${note ? `<p>${escaped(note)}</p>` : ''}${table}</section>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
