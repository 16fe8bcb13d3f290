import type { Hex } from '@tallyhouse/proofs';
import { GovernanceError } from '../governance.errors.js';
import { registerFamilyCalldata } from './model-change.js';
import { draftOf, requireHex, type ProposalDraft } from './proposal-draft.js';

/** What a proposal to open a family of models is made of. */
export interface FamilyProposal {
  /** Address of ModelRegistry. */
  readonly registry: Hex;
  /** Address that will send the proposal; nobody else can. */
  readonly proposer: Hex;
  /** Lower-case letters, digits and hyphens. */
  readonly familyName: string;
  /** What its versions decide, for those who vote; one paragraph. */
  readonly decides: string;
}

const FAMILY_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Drafts a proposal that opens a family in ModelRegistry, which only the timelock may do. It puts no version in force: that is a
 * vote of its own, once versions of the family have been put forward.
 *
 * @throws GovernanceError `PROPOSAL_INVALID` when an address or the name cannot be used
 * @example
 * const { targets, values, calldatas, description } = familyDraft({ registry, proposer, familyName: 'anomaly', decides });
 * await governor.write.propose([targets, values, calldatas, description]);
 */
export function familyDraft({ registry, proposer, familyName, decides }: FamilyProposal): ProposalDraft {
  requireHex('registry', registry, 20);
  requireHex('proposer', proposer, 20);
  if (!FAMILY_NAME.test(familyName))
    throw new GovernanceError(
      'PROPOSAL_INVALID',
      'familyName: expected 1 to 64 lower-case letters, digits and hyphens',
    );
  const description = [
    `# Open the model family ${familyName}`,
    decides,
    'No version comes into force by this. Each is put to a vote of its own.',
    `#proposer=${proposer}`,
  ].join('\n\n');
  return draftOf(
    { targets: [registry], values: [0n], calldatas: [registerFamilyCalldata(familyName)] },
    description,
  );
}
