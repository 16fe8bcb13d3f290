import { useMemo } from 'react';
import { State } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Loading } from '../../components/states.js';
import { percent, signed } from '../../format/numbers.js';
import type { ModelVersion } from '../../network/types.js';
import { useHashedFile } from './file-check.js';
import { COVERAGE, readComparison } from './report-figures.js';
import type { Comparison, Row } from './report-figures.js';

/**
 * The backtest of a version beside the model that ran. It is read from the file that this browser hashed itself: a report
 * with another hash than the one on chain is not shown.
 */
export function FiguresSheet({ from, to }: { from: ModelVersion | null; to: ModelVersion }) {
  const file = useHashedFile(to.reportSha256, true);
  const comparison = useMemo(
    () => (file.data?.sha256 === to.reportSha256.toLowerCase() ? readComparison(file.data.content) : null),
    [file.data, to.reportSha256],
  );
  return (
    <Sheet title="Backtest" aside="from the report that this browser hashed" flush={comparison !== null}>
      {comparison ? (
        <Compared comparison={comparison} from={from} />
      ) : file.isPending ? (
        <Loading rows={6} label="Reading the report" />
      ) : (
        <p className="quiet">
          No report with the hash on chain holds a backtest: the version was not measured, or its report is
          not kept here.
        </p>
      )}
    </Sheet>
  );
}

interface ComparedProps {
  comparison: Comparison;
  from: ModelVersion | null;
}

function Compared({ comparison, from }: ComparedProps) {
  const { against, incumbentArtifact, confidence, rows } = comparison;
  const worse = rows.filter((row) => row.verdict === 'worse');
  const stale = incumbentArtifact !== null && from !== null && incumbentArtifact !== from.artifactSha256;
  return (
    <>
      <div className="sheet-pad">
        <p>
          Measured beside {against}
          {stale ? ', which is not the version that it would replace' : ''}. Of an error less is better
          {confidence === null ? '' : `; the intervals of the difference hold ${percent(confidence)}`}.
        </p>
        <p>
          {worse.length === 0 ? 'It is worse nowhere.' : `It is worse in ${worse.length} of ${rows.length}:`}
        </p>
        <ul className="worse">
          {worse.map((row) => (
            <li key={`${row.group}-${row.measure}`}>
              {row.group}: {row.measure} {shown(row, row.after)} instead of {shown(row, row.before)}
            </li>
          ))}
        </ul>
      </div>
      <Ledger
        label="Backtest"
        head={columns('Series', 'Measure', '#Before', '#New', '~#Difference', 'New is')}
      >
        {rows.map((row) => (
          <tr key={`${row.group}-${row.measure}`}>
            <th scope="row">{row.group}</th>
            <td>{row.measure}</td>
            <td className="number">{shown(row, row.before)}</td>
            <td className="number">{shown(row, row.after)}</td>
            <td className="number wide">{difference(row)}</td>
            <td>
              <State
                value={row.verdict}
                tone={{ better: 'good', worse: 'bad', undecided: 'plain' }[row.verdict]}
              />
            </td>
          </tr>
        ))}
      </Ledger>
    </>
  );
}

function shown({ measure }: Row, value: number): string {
  return measure === COVERAGE ? percent(value) : value.toFixed(3);
}

function difference({ before, after, interval, measure }: Row): string {
  if (interval) return `${signed(interval[0], 3)} to ${signed(interval[1], 3)}`;
  return measure === COVERAGE ? `${signed((after - before) * 100, 1)} points` : signed(after - before, 3);
}
