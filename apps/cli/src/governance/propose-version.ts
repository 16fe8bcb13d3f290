import { makePublicClient, modelRegistryAbi } from '@tallyhouse/chain';
import { proposalDraft } from '@tallyhouse/governance';
import { familyId, versionId, type Hex } from '@tallyhouse/proofs';
import type { LocalContext } from '../local-context.js';
import type { TrainedCandidate } from '../model/train-candidate.js';
import { governor, send } from './member-actions.js';

/** Registers a trained version, then proposes its activation in the name of the first member. */
export async function proposeVersion(
  context: LocalContext,
  candidate: TrainedCandidate,
): Promise<{ proposalId: string; versionId: Hex }> {
  const { address: registry } = context.deployment.contracts.ModelRegistry;
  const family = familyId(candidate.family);
  const { artifactSha256, reportSha256, dataRoot, dataBlock, uri } = candidate;
  await send(context, context.accounts.proposer, {
    address: registry,
    abi: modelRegistryAbi,
    functionName: 'proposeVersion',
    args: [family, artifactSha256, reportSha256, dataRoot, BigInt(dataBlock), uri],
  });
  const member = context.accounts.members[0]!;
  const id = versionId(family, artifactSha256);
  const draft = proposalDraft({
    registry,
    proposer: member.address,
    title: `Run the ${candidate.forecaster} model for ${candidate.family}`,
    summary: summaryOf(candidate),
    evidence: {
      familyName: candidate.family,
      versionId: id,
      artifactSha256,
      reportSha256,
      dataRoot,
      dataBlock,
      uri,
      replacesVersionId: await activeVersion(context, family),
    },
  });
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

/** The figures that voters need, each also in the report whose hash is on chain. */
function summaryOf({ report }: TrainedCandidate): string {
  if (report.folds.length === 0) return 'Nothing was measured: the report holds no backtest.';
  const figure = (value: number | null): string => value?.toFixed(3) ?? 'none';
  const rows = Object.entries(report.models).map(
    ([label, { overall }]) =>
      `| ${label} | ${figure(overall.mase)} | ${figure(overall.smape)} | ${figure(overall.crps)} |`,
  );
  return [
    `Rolling-origin backtest: ${report.folds.length} origins, ${report.horizon} weeks ahead.`,
    '',
    '| model | MASE | sMAPE % | CRPS |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
