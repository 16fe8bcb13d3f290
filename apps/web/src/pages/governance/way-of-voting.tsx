import { useState } from 'react';
import type { Support } from '../../network/ballot.js';
import { RELAYER } from '../../network/queries/ballots.js';
import { useRead } from '../../network/reads.js';
import type { Relayer } from '../../network/relay.js';
import type { Hex } from '../../network/types.js';
import type { Receipt } from '../../network/wallet-state.js';

const EVERY_MS = 15_000;

export interface Cast {
  account: Hex;
  proposalId: string;
  support: Support;
  reason: string;
  isOverride: boolean;
}

/** Whether a ballot goes by the member's own transaction or, signed alone, by the relayer; the latter only while it is up. */
export function useWayOfVoting() {
  const read = useRead<{ relayer: Relayer }>('relayer', RELAYER, {}, { everyMs: EVERY_MS });
  const [wanted, setWanted] = useState(true);
  const up = read.data?.relayer.isUp ?? false;
  const signed = up && wanted;
  return { up, signed, setSigned: setWanted, reason: read.data?.relayer.reason ?? null };
}

export type WayOfVoting = ReturnType<typeof useWayOfVoting>;

/** Sends a vote the way that was chosen, and gives the block that it is in. */
export async function sendVote(
  { account, proposalId, support, reason, isOverride }: Cast,
  signed: boolean,
): Promise<Receipt> {
  if (signed) {
    const { signBallot } = await import('../../network/sign-ballot.js');
    const { relay } = await import('../../network/relay.js');
    return relay(await signBallot(account, proposalId, support, reason, isOverride));
  }
  const { castOverrideVote, castVote } = await import('../../network/ballot.js');
  return (isOverride ? castOverrideVote : castVote)(account, proposalId, support, reason);
}

export function WayChoice({ way, busy }: { way: WayOfVoting; busy: boolean }) {
  if (!way.up) return <p className="quiet">You vote by your own transaction, which costs a network fee.</p>;
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={way.signed}
        disabled={busy}
        onChange={(event) => way.setSigned(event.target.checked)}
      />
      <span>Sign only: Tallyhouse brings the ballot to the chain and pays for it</span>
    </label>
  );
}
