import type { Support } from '../../network/ballot.js';
import type { Hex } from '../../network/types.js';
import type { Standing } from '../../network/wallet-state.js';
import { Override, mayOverride } from './override.js';
import type { useStep } from './use-step.js';
import { VoteForm } from './vote-form.js';
import { sendVote, useWayOfVoting, WayChoice } from './way-of-voting.js';

interface VotingProps {
  proposalId: string;
  account: Hex;
  standing: Standing;
  run: ReturnType<typeof useStep>['run'];
  busy: boolean;
}

/** The ballots that the account may still cast on an open proposal, and the way that they go. */
export function Voting({ proposalId, account, standing, run, busy }: VotingProps) {
  const way = useWayOfVoting();
  const mayVote = !standing.hasVoted && standing.votesAtOpening > 0n;
  const cast = (isOverride: boolean, done: string) => (support: Support, reason: string) =>
    void run(done, () => sendVote({ account, proposalId, support, reason, isOverride }, way.signed));
  return (
    <>
      {mayVote || mayOverride(standing, account) ? <WayChoice way={way} busy={busy} /> : null}
      {mayVote ? <VoteForm busy={busy} vote={cast(false, 'Your vote is counted.')} /> : null}
      <Override
        standing={standing}
        account={account}
        busy={busy}
        vote={cast(true, 'Your own vote is counted.')}
      />
    </>
  );
}
