import { GovernanceError } from '../governance.errors.js';
import { proposalDescription, type ModelEvidence } from './description.js';
import { hashProposal, type ProposalCalls } from './hash-proposal.js';
import { keccak256, type Hex } from '@tallyhouse/proofs';
import { activateCalldata } from './model-change.js';

/** What a proposal to switch a model is made of. */
export interface ModelProposal {
  /** Address of ModelRegistry. */
  readonly registry: Hex;
  /** Address that will send the proposal; nobody else can. */
  readonly proposer: Hex;
  readonly title: string;
  /** Markdown, may be empty. */
  readonly summary: string;
  readonly evidence: ModelEvidence;
}

/** Everything that `Governor.propose`, `queue` and `execute` want, and the id that the governor will give it. */
export interface ProposalDraft extends ProposalCalls {
  readonly description: string;
  readonly descriptionHash: Hex;
  readonly proposalId: bigint;
}

/**
 * Drafts a proposal that puts one model version in force.
 *
 * @throws GovernanceError `PROPOSAL_INVALID` when an address, a hash or a text cannot be used
 * @example
 * const { targets, values, calldatas, description } = proposalDraft({ registry, proposer, title, summary, evidence });
 * await governor.write.propose([targets, values, calldatas, description]);
 */
export function proposalDraft({
  registry,
  proposer,
  title,
  summary,
  evidence,
}: ModelProposal): ProposalDraft {
  requireHex('registry', registry, 20);
  requireHex('proposer', proposer, 20);
  requireHex('evidence.versionId', evidence.versionId, 32);
  const calls = { targets: [registry], values: [0n], calldatas: [activateCalldata(evidence.versionId)] };
  return draftOf(calls, proposalDescription(title, summary, evidence, proposer));
}

/** Calls and their description with the id that the governor gives them. */
export function draftOf(calls: ProposalCalls, description: string): ProposalDraft {
  const descriptionHash = keccak256(new TextEncoder().encode(description));
  return { ...calls, description, descriptionHash, proposalId: hashProposal(calls, descriptionHash) };
}

/** @throws GovernanceError `PROPOSAL_INVALID` naming the field when the value is not so many bytes in hexadecimal */
export function requireHex(field: string, value: string, bytes: number): void {
  if (!new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`).test(value))
    throw new GovernanceError(
      'PROPOSAL_INVALID',
      `${field}: expected 0x and ${2 * bytes} hexadecimal digits`,
    );
}
