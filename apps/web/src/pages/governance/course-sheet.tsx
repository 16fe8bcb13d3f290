import { Ago, Hash, Time } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { useNow } from '../../components/use-now.js';
import { whole } from '../../format/numbers.js';
import type { ProposalState } from '../../network/types.js';
import type { ProposalDetail, ProposalStep } from '../../network/vote-types.js';
import { upcoming } from './course.js';

const CAME: Record<ProposalState, string> = {
  PENDING: 'Proposed',
  ACTIVE: 'Voting opened',
  SUCCEEDED: 'Voting ended, it passed',
  DEFEATED: 'Voting ended, it did not pass',
  QUEUED: 'Queued in the timelock',
  EXECUTED: 'Executed',
  CANCELED: 'Canceled',
  EXPIRED: 'Ran out in the timelock',
};

/** Every state that the proposal came into, with its time, and what is still ahead. */
export function CourseSheet({ proposal }: { proposal: ProposalDetail }) {
  const now = useNow();
  return (
    <Sheet title="Course">
      <ol className="course">
        {proposal.lifecycle.map((step) => (
          <li key={`${step.state}-${step.at}`} className="course-came">
            <span className="course-words">{CAME[step.state]}</span>
            <Time iso={step.at} />
            <Mark step={step} />
          </li>
        ))}
        {upcoming(proposal, now).map(({ words, at }) => (
          <li key={words} className="course-ahead">
            <span className="course-words">{words}</span>
            {at ? (
              <>
                <Time iso={at} />
                <span className="quiet">
                  <Ago iso={at} />
                </span>
              </>
            ) : null}
          </li>
        ))}
      </ol>
      <p className="quiet">
        Number <Hash label="proposal number" value={proposal.id} />
      </p>
    </Sheet>
  );
}

/** A transaction made it, or the clock of the chain did. */
function Mark({ step }: { step: ProposalStep }) {
  if (!step.txHash) return <span className="quiet">by the clock</span>;
  return (
    <span className="quiet">
      block {step.blockNumber ? whole(step.blockNumber) : '–'},{' '}
      <Hash label="transaction" value={step.txHash} />
    </span>
  );
}
