import { Hash } from '../../components/marks.js';
import { tokens } from '../../format/numbers.js';
import { useWallet } from '../../network/wallet-state.js';
import type { Standing } from '../../network/wallet-state.js';
import type { useStep } from './use-step.js';
import { VoteForm } from './vote-form.js';

interface OverrideProps {
  standing: Standing;
  proposalId: string;
  run: ReturnType<typeof useStep>['run'];
  busy: boolean;
}

/** For a member whose tokens somebody else votes with: they may vote with them themselves on this one proposal. */
export function Override({ standing, proposalId, run, busy }: OverrideProps) {
  const wallet = useWallet();
  const { balanceAtOpening, delegateAtOpening, hasOverridden } = standing;
  if (!canOverride(standing) || wallet.address === null) return null;
  const account = wallet.address;
  if (delegateAtOpening.toLowerCase() === account.toLowerCase()) return null;
  if (hasOverridden) return <p>You have voted with your own {tokens(balanceAtOpening)} on this proposal.</p>;
  return (
    <>
      <p>
        <Hash label="delegate" value={delegateAtOpening} /> votes with your {tokens(balanceAtOpening)}. You
        can vote with them yourself on this proposal; they then no longer count for your delegate. It cannot
        be undone.
      </p>
      <VoteForm
        busy={busy}
        vote={(support, reason) =>
          void run('Your own vote is counted.', async () =>
            (await import('../../network/ballot.js')).castOverrideVote(account, proposalId, support, reason),
          )
        }
      />
    </>
  );
}

/** Whether the account held tokens, delegated to somebody, when voting opened. */
export function canOverride({ balanceAtOpening, delegateAtOpening }: Standing): boolean {
  return balanceAtOpening > 0n && BigInt(delegateAtOpening) !== 0n;
}
