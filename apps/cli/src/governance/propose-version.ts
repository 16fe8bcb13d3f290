import { makePublicClient, modelRegistryAbi, tallyGovernorAbi } from '@tallyhouse/chain';
import { familyId, versionId } from '@tallyhouse/proofs';
import { encodeFunctionData, keccak256, toBytes } from 'viem';
import type { LocalContext } from '../local-context.js';
import type { TrainedCandidate } from '../model/train-candidate.js';
import { governor, send } from './member-actions.js';

/** Registers a trained version, then proposes its activation in the name of the first member. */
export async function proposeVersion(
  context: LocalContext,
  candidate: TrainedCandidate,
): Promise<{ proposalId: string }> {
  const { ModelRegistry, TallyGovernor } = context.deployment.contracts;
  const family = familyId(candidate.family);
  const { artifactSha256, reportSha256, dataRoot, dataBlock, uri } = candidate;
  await send(context, context.accounts.proposer, {
    address: ModelRegistry.address,
    abi: modelRegistryAbi,
    functionName: 'proposeVersion',
    args: [family, artifactSha256, reportSha256, dataRoot, BigInt(dataBlock), uri],
  });
  const [member] = context.accounts.members;
  const calldata = encodeFunctionData({
    abi: modelRegistryAbi,
    functionName: 'activate',
    args: [versionId(family, artifactSha256)],
  });
  const description = descriptionOf(candidate, member!.address);
  const call = [[ModelRegistry.address], [0n], [calldata]] as const;
  await governor(context, member!, 'propose', [...call, description]);
  const id = await makePublicClient(context.rpcUrl).readContract({
    address: TallyGovernor.address,
    abi: tallyGovernorAbi,
    functionName: 'getProposalId',
    args: [...call, keccak256(toBytes(description))],
  });
  return { proposalId: id.toString() };
}

function descriptionOf(candidate: TrainedCandidate, proposer: string): string {
  const figures = Object.entries(candidate.report.models).map(
    ([label, { overall }]) =>
      `- ${label}: MASE ${overall.mase?.toFixed(3) ?? 'none'}, sMAPE ${overall.smape?.toFixed(2) ?? 'none'} %`,
  );
  return [
    `# Run the ${candidate.forecaster} model for ${candidate.family}`,
    '',
    `Artifact SHA-256 \`${candidate.artifactSha256}\`, report SHA-256 \`${candidate.reportSha256}\`.`,
    `Trained on data up to block ${candidate.dataBlock}, data root \`${candidate.dataRoot}\`.`,
    '',
    `Rolling-origin backtest, ${candidate.report.folds.length} origins, ${candidate.report.horizon} weeks ahead:`,
    ...figures,
    `#proposer=${proposer}`,
  ].join('\n');
}
