import { AccountLink } from '../../components/account-link.js';
import { tokens } from '../../format/numbers.js';
import type { Support } from '../../network/ballot.js';
import type { Hex } from '../../network/types.js';
import type { Standing } from '../../network/wallet-state.js';
import { VoteForm } from './vote-form.js';

interface OverrideProps {
  standing: Standing;
  account: Hex;
  busy: boolean;
  vote: (support: Support, reason: string) => void;
}

/** For a member whose tokens somebody else votes with: they may vote with them themselves on this one proposal. */
export function Override({ standing, account, busy, vote }: OverrideProps) {
  const { balanceAtOpening, delegateAtOpening, hasOverridden } = standing;
  if (hasOverridden) return <p>You have voted with your own {tokens(balanceAtOpening)} on this proposal.</p>;
  if (!mayOverride(standing, account)) return null;
  return (
    <>
      <p>
        <AccountLink address={delegateAtOpening} /> votes with your {tokens(balanceAtOpening)}. You can vote
        with them yourself on this proposal; they then no longer count for your delegate. It cannot be undone.
      </p>
      <VoteForm busy={busy} vote={vote} />
    </>
  );
}

/** Whether the account held tokens, delegated to somebody, when voting opened. */
export function canOverride({ balanceAtOpening, delegateAtOpening }: Standing): boolean {
  return balanceAtOpening > 0n && BigInt(delegateAtOpening) !== 0n;
}

/** Whether it may still vote over the head of somebody else. */
export function mayOverride(standing: Standing, account: Hex): boolean {
  const isOther = standing.delegateAtOpening.toLowerCase() !== account.toLowerCase();
  return canOverride(standing) && isOther && !standing.hasOverridden;
}
