import { useEffect, useState } from 'react';
import { Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { percent, quantity } from '../../format/numbers.js';
import type { RecallProgress } from '../../network/audit-types.js';
import { clockFace, milestones } from './clock-words.js';

const TICK_MS = 1_000;

/** What a drill measures: how long each step took, and how much of the goods is accounted for. */
export function RecallClock({ progress, isDrill }: { progress: RecallProgress; isDrill: boolean }) {
  const begunAt = Date.parse(progress.begunAt);
  const now = useSeconds(progress.endedAt === null);
  const until = progress.endedAt === null ? now : Date.parse(progress.endedAt);
  return (
    <div className="columns">
      <Sheet
        title={isDrill ? 'Clock of the drill' : 'Clock'}
        aside={
          <span role="timer" className="recall-clock">
            {clockFace(until - begunAt)}
          </span>
        }
        flush
      >
        <Ledger label="Steps of the recall" head={columns('Step', 'Done', '#After')}>
          {milestones(progress, isDrill).map(({ name, doneAt, standing }) => (
            <tr key={name}>
              <th scope="row">
                {name}
                {standing ? <span className="under">{standing}</span> : null}
              </th>
              <td>{doneAt ? <Time iso={doneAt} /> : <span className="quiet">not yet</span>}</td>
              <td className="number">{doneAt ? clockFace(Date.parse(doneAt) - begunAt) : '–'}</td>
            </tr>
          ))}
        </Ledger>
      </Sheet>
      <Accounts accounts={progress.accounts} />
    </div>
  );
}

function Accounts({ accounts }: { accounts: RecallProgress['accounts'] }) {
  return (
    <Sheet title="Accounted for" flush>
      {accounts.length === 0 ? (
        <Empty title="No event says how much it is" />
      ) : (
        <Ledger
          label="Amounts by unit of measure"
          head={columns('Unit', '#Affected', '#Gone', '#Located', '#Recovered', '#Share')}
        >
          {accounts.map(({ uom, affected, gone, located, recovered, accountedShare }) => (
            <tr key={uom}>
              <th scope="row">{uom}</th>
              <td className="number">{quantity(affected)}</td>
              <td className="number">{quantity(gone)}</td>
              <td className="number">{quantity(located)}</td>
              <td className="number">{recovered === null ? '–' : quantity(recovered)}</td>
              <td className="number">{accountedShare === null ? '–' : percent(accountedShare)}</td>
            </tr>
          ))}
        </Ledger>
      )}
      <p className="more">
        Gone is what was used, sold or disposed of before; the share is what is gone or recovered. Holders
        give one amount, so it is counted only where one unit is left to recover.
      </p>
    </Sheet>
  );
}

/** Milliseconds since 1970, each second anew while the clock runs. */
function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
