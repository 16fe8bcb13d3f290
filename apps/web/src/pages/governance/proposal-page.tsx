import { Facts, Hash, State, Time } from '../../components/marks.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { VoteBars } from '../../components/vote-bars.js';
import { proposalTitle } from '../../format/names.js';
import { PROPOSAL } from '../../network/queries/governance.js';
import { useRead } from '../../network/reads.js';
import type { Proposal } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { Ballot } from './ballot.js';
import { CallSheet } from './call-sheet.js';
import { Description } from './description.js';
import { ModelChange } from './model-change.js';
import { Votes } from './votes.js';

const EVERY_MS = 5000;

export function ProposalPage({ id }: { id: string }) {
  const proposal = useRead<{ proposal: Proposal | null }>(
    'governance',
    PROPOSAL,
    { id },
    { everyMs: EVERY_MS },
  );
  const found = proposal.data?.proposal;
  useTitle(found ? proposalTitle(found.title, found.description) : 'Proposal');
  if (found) return <Found proposal={found} />;
  return (
    <>
      <PageHead title={proposal.data ? 'No such proposal' : 'Proposal'} />
      <Answer of={proposal} rows={12}>
        {() => (
          <Empty title="No proposal is indexed under this number">
            It may be too new. <Link to="/governance">See all proposals.</Link>
          </Empty>
        )}
      </Answer>
    </>
  );
}

function Found({ proposal }: { proposal: Proposal }) {
  const title = proposalTitle(proposal.title, proposal.description);
  return (
    <>
      <PageHead
        title={title}
        lead={
          <>
            <State value={proposal.state} /> proposed by <Hash label="proposer" value={proposal.proposer} />
          </>
        }
      />
      <div className="columns columns-main">
        <div>
          <Sheet title="Count">
            <VoteBars tally={proposal} />
          </Sheet>
          {proposal.modelChange ? <ModelChange change={proposal.modelChange} /> : null}
          <Sheet title="What is proposed" aside="in the proposer’s words">
            <Description text={proposal.description} title={title} />
          </Sheet>
        </div>
        <div>
          <Ballot proposal={proposal} />
          <Timeline proposal={proposal} />
        </div>
      </div>
      <Votes proposalId={proposal.id} />
      <CallSheet
        title="Calls that execution makes"
        calls={proposal.targets.map((target, index) => ({
          target,
          value: proposal.callValues[index] ?? '0',
          calldata: proposal.calldatas[index] ?? '0x',
        }))}
      />
    </>
  );
}

function Timeline({ proposal }: { proposal: Proposal }) {
  return (
    <Sheet title="Course">
      <Facts
        rows={[
          ['Proposed', `block ${proposal.createdBlock}`],
          ['Voting opens', <Time key="start" iso={proposal.voteStart} />],
          ['Voting ends', <Time key="end" iso={proposal.voteEnd} />],
          [
            'Executable from',
            proposal.eta ? <Time key="eta" iso={proposal.eta} /> : <span className="quiet">not queued</span>,
          ],
          [
            'Executed in',
            proposal.executedTx ? (
              <Hash key="tx" label="transaction" value={proposal.executedTx} />
            ) : (
              <span className="quiet">not executed</span>
            ),
          ],
          ['Number', <Hash key="id" label="proposal number" value={proposal.id} />],
        ]}
      />
    </Sheet>
  );
}
