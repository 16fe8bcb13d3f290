import { makePublicClient, modelRegistryAbi } from '@tallyhouse/chain';
import { proposalDraft } from '@tallyhouse/governance';
import { familyId, versionId, type Hex } from '@tallyhouse/proofs';
import type { LocalContext } from '../local-context.js';
import { governor, send } from './member-actions.js';
import { untilPowerCounts } from './power-counts.js';

/** A version with its files in the store, and what voters read of it. */
export interface ProposableVersion {
  readonly family: string;
  /** What kind of model it is, for the title. */
  readonly forecaster: string;
  readonly artifactSha256: Hex;
  readonly reportSha256: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: number;
  readonly uri: string;
  readonly summary: string;
}

/** Registers a trained version, then proposes its activation in the name of the first member. */
export async function proposeVersion(
  context: LocalContext,
  candidate: ProposableVersion,
  shadow?: string,
): Promise<{ proposalId: string; versionId: Hex }> {
  await registerVersion(context, candidate);
  return proposeActivation(context, candidate, shadow);
}

/** Puts a trained version on chain, where workers find it and run it in shadow; nothing is voted on yet. */
export async function registerVersion(context: LocalContext, candidate: ProposableVersion): Promise<Hex> {
  const { address: registry } = context.deployment.contracts.ModelRegistry;
  const family = familyId(candidate.family);
  const { artifactSha256, reportSha256, dataRoot, dataBlock, uri } = candidate;
  await send(context, context.accounts.proposer, {
    address: registry,
    abi: modelRegistryAbi,
    functionName: 'proposeVersion',
    args: [family, artifactSha256, reportSha256, dataRoot, BigInt(dataBlock), uri],
  });
  return versionId(family, artifactSha256);
}

/**
 * Proposes that a registered version be put in force, in the name of the first member.
 *
 * @param shadow what its time in shadow says, for the voters
 */
export async function proposeActivation(
  context: LocalContext,
  candidate: ProposableVersion,
  shadow?: string,
): Promise<{ proposalId: string; versionId: Hex }> {
  const { address: registry } = context.deployment.contracts.ModelRegistry;
  const family = familyId(candidate.family);
  const { artifactSha256, reportSha256, dataRoot, dataBlock, uri } = candidate;
  const member = context.accounts.members[0]!;
  const id = versionId(family, artifactSha256);
  const draft = proposalDraft({
    registry,
    proposer: member.address,
    title: `Run the ${candidate.forecaster} model for ${candidate.family}`,
    summary: candidate.summary,
    evidence: {
      familyName: candidate.family,
      versionId: id,
      artifactSha256,
      reportSha256,
      dataRoot,
      dataBlock,
      uri,
      replacesVersionId: await activeVersion(context, family),
      ...(shadow === undefined ? {} : { shadow }),
    },
  });
  await untilPowerCounts(context, member);
  await governor(context, member, 'propose', [
    draft.targets,
    draft.values,
    draft.calldatas,
    draft.description,
  ]);
  return { proposalId: draft.proposalId.toString(), versionId: id };
}

function activeVersion(context: LocalContext, family: Hex): Promise<Hex> {
  return makePublicClient(context.rpcUrl).readContract({
    address: context.deployment.contracts.ModelRegistry.address,
    abi: modelRegistryAbi,
    functionName: 'activeVersion',
    args: [family],
  });
}
