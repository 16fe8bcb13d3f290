import { useMemo } from 'react';
import { State } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { percent } from '../../format/numbers.js';
import type { HashedFile } from '../../network/read-artifact.js';
import type { Hex, ModelVersion } from '../../network/types.js';
import { useHashedFile } from './file-check.js';
import { compareReports, readReport } from './report-figures.js';
import type { Comparison, Row } from './report-figures.js';

interface FiguresProps {
  from: ModelVersion | null;
  to: ModelVersion;
}

/**
 * The backtests of both versions side by side. They are read from the files that this browser hashed itself: a report
 * with another hash than the one on chain is not shown.
 */
export function FiguresSheet({ from, to }: FiguresProps) {
  const before = useHashedFile(from?.reportSha256, from !== null);
  const after = useHashedFile(to.reportSha256, true);
  const settled = !after.isPending && (from === null || !before.isPending);
  const comparison = useMemo(() => {
    const next = reportIn(after.data, to.reportSha256);
    return next && compareReports(reportIn(before.data, from?.reportSha256), next);
  }, [before.data, after.data, from?.reportSha256, to.reportSha256]);
  return (
    <Sheet title="Backtests" aside="from the reports that this browser hashed" flush={comparison !== null}>
      {comparison ? (
        <Compared comparison={comparison} />
      ) : (
        <p className="quiet">
          {settled
            ? 'The report with the hash on chain holds no backtest to compare.'
            : 'Reading the reports…'}
        </p>
      )}
    </Sheet>
  );
}

function reportIn(file: HashedFile | undefined, sha256: Hex | undefined) {
  return file && sha256 && file.sha256 === sha256.toLowerCase() ? readReport(file.content) : null;
}

function Compared({ comparison: { against, rows } }: { comparison: Comparison }) {
  const worse = rows.filter((row) => row.verdict === 'worse');
  return (
    <>
      <div className="sheet-pad">
        <p>
          {worse.length === 0
            ? `Nowhere worse than ${against}.`
            : `Worse than ${against} in ${worse.length} of ${rows.length} figures:`}
        </p>
        <ul className="worse">
          {worse.map((row) => (
            <li key={`${row.group}-${row.measure}`}>
              {row.measure} of {row.group}: {shown(row, row.after)} instead of {shown(row, row.before)}
            </li>
          ))}
        </ul>
      </div>
      <Ledger label="Backtests" head={columns('Series', 'Measure', '#Before', '#New', 'New is')}>
        {rows.map((row) => (
          <tr key={`${row.group}-${row.measure}`}>
            <th scope="row">{row.group}</th>
            <td>{row.measure}</td>
            <td className="number">{shown(row, row.before)}</td>
            <td className="number">{shown(row, row.after)}</td>
            <td>
              <Verdict verdict={row.verdict} />
            </td>
          </tr>
        ))}
      </Ledger>
    </>
  );
}

function Verdict({ verdict }: { verdict: Row['verdict'] }) {
  if (verdict === 'unknown') return <span className="quiet">not measured</span>;
  const tone = { better: 'good', worse: 'bad', same: 'plain' }[verdict];
  return <State value={verdict} tone={tone} />;
}

function shown({ measure }: Row, value: number | null): string {
  if (value === null) return '–';
  return measure === 'Inside 80%' ? percent(value) : value.toFixed(3);
}
