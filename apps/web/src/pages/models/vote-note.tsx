import { State } from '../../components/marks.js';
import { proposalTitle } from '../../format/names.js';
import type { ModelVersion, ProposalLink } from '../../network/types.js';
import { Link } from '../../router/router.js';

/** The vote behind a version, or why there is none. */
export function VoteNote({ version }: { version: ModelVersion & { proposal: ProposalLink | null } }) {
  if (!version.proposal) {
    return (
      <span className="quiet">
        {version.state === 'PROPOSED' ? 'No vote yet' : 'Set at deployment, without a vote'}
      </span>
    );
  }
  return (
    <>
      <Link to={`/governance/${version.proposal.id}`}>
        {proposalTitle(version.proposal.title, version.proposal.description)}
      </Link>{' '}
      <State value={version.proposal.state} />
    </>
  );
}
