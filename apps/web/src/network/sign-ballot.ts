import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { readContract, signTypedData } from 'wagmi/actions';
import type { Support } from './ballot.js';
import type { Hex } from './types.js';
import { running } from './wallet-engine.js';

/** A ballot that anybody may bring to the governor, and nobody can change or use twice; as the api takes it. */
export interface SignedBallot {
  kind: 'REASONED' | 'OVERRIDE';
  proposalId: string;
  support: 'AGAINST' | 'FOR' | 'ABSTAIN';
  voter: Hex;
  reason: string;
  /** Decimal; the governor takes a voter's signatures in the order of these. */
  nonce: string;
  signature: Hex;
}

const SUPPORT = ['AGAINST', 'FOR', 'ABSTAIN'] as const;
const BALLOT = [
  { name: 'proposalId', type: 'uint256' },
  { name: 'support', type: 'uint8' },
  { name: 'voter', type: 'address' },
  { name: 'nonce', type: 'uint256' },
  { name: 'reason', type: 'string' },
] as const;

/** What OpenZeppelin's Governor and its overridable counting verify (EIP-712). */
const EXTENDED = { ExtendedBallot: [...BALLOT, { name: 'params', type: 'bytes' }] } as const;
const OVERRIDE = { OverrideBallot: BALLOT } as const;

/**
 * Asks the wallet to sign a ballot; it needs no coin for that. What is signed is put together here and from the chain,
 * so that the api cannot have another ballot signed.
 */
export async function signBallot(
  voter: Hex,
  proposalId: string,
  support: Support,
  reason: string,
  isOverride: boolean,
): Promise<SignedBallot> {
  const { config, network } = running();
  const governor = { address: network.contracts.TallyGovernor, abi: tallyGovernorAbi } as const;
  const [nonce, [, name, version]] = await Promise.all([
    readContract(config, { ...governor, functionName: 'nonces', args: [voter] }),
    readContract(config, { ...governor, functionName: 'eip712Domain' }),
  ]);
  const domain = { name, version, chainId: network.chainId, verifyingContract: governor.address };
  const message = { proposalId: BigInt(proposalId), support, voter, nonce, reason };
  const asked = { account: voter, domain };
  const signature = await (isOverride
    ? signTypedData(config, { ...asked, types: OVERRIDE, primaryType: 'OverrideBallot', message })
    : signTypedData(config, {
        ...{ ...asked, types: EXTENDED, primaryType: 'ExtendedBallot' },
        message: { ...message, params: '0x' },
      }));
  const kind = isOverride ? 'OVERRIDE' : 'REASONED';
  return { kind, proposalId, support: SUPPORT[support], voter, reason, nonce: nonce.toString(), signature };
}
