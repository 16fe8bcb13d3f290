import type { BallotToSign } from '@tallyhouse/chain';
import type { Hex } from '@tallyhouse/proofs';
import { refused, type BallotRefusal } from './refusal.js';

/** A ballot with the voter's signature: 65 bytes of a key, or whatever a smart wallet takes (ERC-1271). */
export interface SignedBallot extends BallotToSign {
  readonly signature: Hex;
}

const MAX_REASON_BYTES = 2_000;
const MAX_PARAMS_BYTES = 1_024;
const MAX_SIGNATURE_BYTES = 4_096;
const MAX_UINT256 = 2n ** 256n - 1n;

const fault = (field: string, expected: string): BallotRefusal =>
  refused('MALFORMED', `${field}: expected ${expected}`);

/** What is wrong with a ballot by its form alone; null when nothing is. */
export function faultOfForm(ballot: SignedBallot): BallotRefusal | null {
  const { nonce, signature } = ballot;
  const faultBefore = faultOfContent(ballot);
  if (faultBefore) return faultBefore;
  if (!isUint256(nonce)) return fault('nonce', "the governor's next nonce of the voter");
  if (signature === '0x' || bytes(signature) > MAX_SIGNATURE_BYTES)
    return fault('signature', `1 to ${MAX_SIGNATURE_BYTES} bytes`);
  return null;
}

/** The same of what is to be signed. */
export function faultOfContent(ballot: Omit<SignedBallot, 'nonce' | 'signature'>): BallotRefusal | null {
  const { kind, proposalId, support, voter, reason, params } = ballot;
  if (!isUint256(proposalId)) return fault('proposalId', 'the id of a proposal, 0 to 2^256 - 1');
  if (![0, 1, 2].includes(support)) return fault('support', 'AGAINST, FOR or ABSTAIN');
  if (!/^0x[0-9a-fA-F]{40}$/.test(voter)) return fault('voter', '0x and 40 hexadecimal digits');
  if (new TextEncoder().encode(reason).length > MAX_REASON_BYTES)
    return fault('reason', `at most ${MAX_REASON_BYTES} bytes of UTF-8; vote yourself to say more`);
  if (kind === 'PLAIN' && reason !== '')
    return fault('reason', 'none in a plain ballot; sign a REASONED one');
  if (kind !== 'REASONED' && params !== '0x') return fault('params', 'none save in a REASONED ballot');
  if (bytes(params) > MAX_PARAMS_BYTES) return fault('params', `at most ${MAX_PARAMS_BYTES} bytes`);
  return null;
}

function isUint256(value: bigint): boolean {
  return value >= 0n && value <= MAX_UINT256;
}

function bytes(hex: Hex): number {
  return (hex.length - 2) / 2;
}
