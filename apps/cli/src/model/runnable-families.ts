import { ANOMALY_FAMILY } from '@tallyhouse/anomalies';
import { RULE_SET_FAMILY } from '@tallyhouse/audit';
import { modelRegistryAbi, type Deployment } from '@tallyhouse/chain';
import { LEAD_TIME_FAMILY } from '@tallyhouse/forecasting';
import { INCIDENT_TEXT } from '@tallyhouse/nlp';
import { familyId } from '@tallyhouse/proofs';
import type { PublicClient } from 'viem';

/** Families that workers know how to run, and what a version of each decides. */
export const RUNNABLE_FAMILIES: Readonly<Record<string, string>> = {
  demand: 'Its versions decide how demand is forecast.',
  [LEAD_TIME_FAMILY]: 'Its versions decide how lead times and lateness are foretold.',
  [INCIDENT_TEXT]: 'Its versions decide how texts about incidents are labelled.',
  [RULE_SET_FAMILY]: 'Its versions decide which audit rules apply, and their thresholds.',
  [ANOMALY_FAMILY]: 'Its versions decide what counts as unusual, and how much of it is told.',
};

/** Those of `names` that the deployment's ModelRegistry does not know, so that nobody can vote on their versions yet. */
export async function familiesNotOpen(
  client: PublicClient,
  { contracts }: Deployment,
  names: readonly string[] = Object.keys(RUNNABLE_FAMILIES),
): Promise<string[]> {
  const registry = { address: contracts.ModelRegistry.address, abi: modelRegistryAbi } as const;
  const known = await Promise.all(
    names.map((name) =>
      client.readContract({ ...registry, functionName: 'familyName', args: [familyId(name)] }),
    ),
  );
  return names.filter((_, at) => known[at] === '');
}
