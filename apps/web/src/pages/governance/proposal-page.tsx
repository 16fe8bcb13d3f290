import { AccountLink } from '../../components/account-link.js';
import { Below } from '../../components/below.js';
import { State } from '../../components/marks.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { VoteBars } from '../../components/vote-bars.js';
import { proposalTitle } from '../../format/names.js';
import { PROPOSAL } from '../../network/queries/governance.js';
import { useRead } from '../../network/reads.js';
import type { ModelVersion } from '../../network/types.js';
import type { ProposalDetail } from '../../network/vote-types.js';
import { Link, useTitle } from '../../router/router.js';
import { ShadowSheet } from '../models/shadow-sheet.js';
import { Ballot } from './ballot.js';
import { CallSheet } from './call-sheet.js';
import { CourseSheet } from './course-sheet.js';
import { Description } from './description.js';
import { DetectorFiguresSheet } from './detector-figures-sheet.js';
import { FiguresSheet } from './figures-sheet.js';
import { LeadTimeEvidence } from './lead-time-evidence.js';
import { DETECTORS, LEAD_TIME, ModelChange } from './model-change.js';
import { ParameterChange } from './parameter-change.js';
import { TurnoutBar } from './turnout-bar.js';
import { Votes } from './votes.js';

const EVERY_MS = 5000;

export function ProposalPage({ id }: { id: string }) {
  const proposal = useRead<{ proposal: ProposalDetail | null }>(
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

function Found({ proposal }: { proposal: ProposalDetail }) {
  const title = proposalTitle(proposal.title, proposal.description);
  return (
    <>
      <PageHead
        title={title}
        lead={
          <>
            <State value={proposal.state} /> proposed by <AccountLink address={proposal.proposer} />
          </>
        }
      />
      <div className="columns columns-main">
        <div>
          <Sheet title="Count">
            <VoteBars tally={proposal} />
            <TurnoutBar turnout={proposal.turnout} />
          </Sheet>
          <Below rows={12}>
            {proposal.modelChange ? (
              <ModelChange change={proposal.modelChange} proposalId={proposal.id} />
            ) : null}
            {proposal.modelChange?.toVersion ? (
              <Evidence
                from={proposal.modelChange.fromVersion}
                to={proposal.modelChange.toVersion}
                proposalId={proposal.id}
              />
            ) : null}
            <Sheet title="What is proposed" aside="in the proposer’s words">
              <Description text={proposal.description} title={title} />
            </Sheet>
          </Below>
        </div>
        <div>
          <Below>
            <Ballot proposal={proposal} />
            <CourseSheet proposal={proposal} />
          </Below>
        </div>
      </div>
      <Below rows={0}>
        <Votes proposalId={proposal.id} />
        <CallSheet
          title="Calls that execution makes"
          calls={proposal.targets.map((target, index) => ({
            target,
            value: proposal.callValues[index] ?? '0',
            calldata: proposal.calldatas[index] ?? '0x',
          }))}
        />
      </Below>
    </>
  );
}

interface EvidenceProps {
  from: ModelVersion | null;
  to: ModelVersion;
  proposalId: string;
}

/** What speaks for a version: figures of a model and its time in shadow, or the numbers that change and what labels say of them. */
function Evidence({ from, to, proposalId }: EvidenceProps) {
  if (to.family === DETECTORS)
    return (
      <>
        <ParameterChange proposalId={proposalId} />
        <DetectorFiguresSheet from={from} to={to} />
      </>
    );
  if (to.family === LEAD_TIME) return <LeadTimeEvidence from={from} to={to} proposalId={proposalId} />;
  return (
    <>
      <FiguresSheet from={from} to={to} />
      <ShadowSheet versionId={to.id} />
    </>
  );
}
