import { useMemo } from 'react';
import { Hash, State } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { percent } from '../../format/numbers.js';
import type { ModelVersion } from '../../network/types.js';
import { useHashedFile } from './file-check.js';
import { readComparison } from './report-figures.js';
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
        <Compared comparison={comparison} from={from} to={to} />
      ) : (
        <p className="quiet">
          {file.isPending
            ? 'Reading the report…'
            : 'No report with the hash on chain holds a backtest: the version was not measured, or its report is not kept here.'}
        </p>
      )}
    </Sheet>
  );
}

interface ComparedProps {
  comparison: Comparison;
  from: ModelVersion | null;
  to: ModelVersion;
}

function Compared({ comparison, from, to }: ComparedProps) {
  const { against, incumbentArtifact, confidence, rows } = comparison;
  const worse = rows.filter((row) => row.verdict === 'worse');
  const stale = incumbentArtifact !== null && from !== null && incumbentArtifact !== from.artifactSha256;
  return (
    <>
      <div className="sheet-pad">
        <p>
          Measured beside {against}
          {stale ? ', which is not the version that it would replace' : ''}. Less is better
          {confidence === null ? '' : `; the intervals of the difference hold ${percent(confidence)}`}.
        </p>
        <p>
          {worse.length === 0 ? 'It is worse nowhere.' : `It is worse in ${worse.length} of ${rows.length}:`}
        </p>
        <ul className="worse">
          {worse.map((row) => (
            <li key={`${row.group}-${row.measure}`}>
              {row.group}: {row.measure} {row.after.toFixed(3)} instead of {row.before.toFixed(3)}
            </li>
          ))}
        </ul>
        <p className="quiet">
          Measure it again, on a machine with the same events:{' '}
          <Hash whole label="command" value={`./tallyhouse model evaluate ${to.artifactSha256}`} />
        </p>
      </div>
      <Ledger
        label="Backtest"
        head={columns('Series', 'Measure', '#Before', '#New', '~#Difference', 'New is')}
      >
        {rows.map((row) => (
          <tr key={`${row.group}-${row.measure}`}>
            <th scope="row">{row.group}</th>
            <td>{row.measure}</td>
            <td className="number">{row.before.toFixed(3)}</td>
            <td className="number">{row.after.toFixed(3)}</td>
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

function difference({ before, after, interval }: Row): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  return interval ? `${signed(interval[0])} to ${signed(interval[1])}` : signed(after - before);
}
