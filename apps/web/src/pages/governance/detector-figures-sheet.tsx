import { useMemo } from 'react';
import { State } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Loading, Notice } from '../../components/states.js';
import { quantity } from '../../format/numbers.js';
import type { ModelVersion } from '../../network/types.js';
import { readDetectorFigures } from './detector-figures.js';
import type { DetectorComparison } from './detector-figures.js';
import { useHashedFile } from './file-check.js';

interface SheetProps {
  from: ModelVersion | null;
  to: ModelVersion;
}

/** What labels say of proposed parameters beside those in force, from the report that this browser hashed itself. */
export function DetectorFiguresSheet({ from, to }: SheetProps) {
  const file = useHashedFile(to.reportSha256, true);
  const figures = useMemo(
    () =>
      file.data?.sha256 === to.reportSha256.toLowerCase() ? readDetectorFigures(file.data.content) : null,
    [file.data, to.reportSha256],
  );
  const measured = figures !== null && figures.rows.length > 0;
  return (
    <Sheet title="On labels" aside="from the report that this browser hashed" flush={measured}>
      {measured ? (
        <Measured figures={figures} from={from} />
      ) : file.isPending ? (
        <Loading rows={6} label="Reading the report" />
      ) : (
        <p className="quiet">
          {figures
            ? 'Nothing was measured: when the report was made, there were no labels.'
            : 'No report with the hash on chain holds an evaluation: the version was not measured, or its report is not kept here.'}
        </p>
      )}
    </Sheet>
  );
}

function Measured({ figures, from }: { figures: DetectorComparison; from: ModelVersion | null }) {
  const stale = from !== null && figures.incumbent !== from.artifactSha256;
  const worse = figures.rows.filter(({ verdict }) => verdict === 'worse').length;
  return (
    <>
      <div className="sheet-pad">
        <p>
          Measured on: {figures.basis.join(' ')}
          {stale ? ' It was held against other parameters than those in force.' : ''}
        </p>
        <p>
          {worse === 0
            ? 'It is worse nowhere.'
            : `It is worse in ${worse} of ${figures.rows.length} figures.`}
        </p>
        {figures.learnsAnew ? (
          <Notice tone="warn">
            Sensors are learned from anew: none is judged until it has read as much as is learned from.
          </Notice>
        ) : null}
        {figures.learnsEventsAnew ? (
          <Notice tone="warn">
            Events are learned from anew: none is judged until its sender's step has had as many as are
            learned from.
          </Notice>
        ) : null}
      </div>
      <Ledger label="On labels" head={columns('Measure', '#In force', '#New', 'New is')}>
        {figures.rows.map((row) => (
          <tr key={`${row.on} ${row.measure}`}>
            <th scope="row" className="grow">
              {row.measure}
              <span className="under">{row.on}</span>
            </th>
            <td className="number">{quantity(row.before)}</td>
            <td className="number">{quantity(row.after)}</td>
            <td>
              <State
                value={row.verdict === 'undecided' ? 'the same' : row.verdict}
                tone={{ better: 'good', worse: 'bad', undecided: 'plain' }[row.verdict]}
              />
            </td>
          </tr>
        ))}
      </Ledger>
    </>
  );
}
