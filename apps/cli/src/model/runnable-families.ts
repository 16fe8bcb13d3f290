import { modelRegistryAbi, type Deployment } from '@tallyhouse/chain';
import { familyId } from '@tallyhouse/proofs';
import type { PublicClient } from 'viem';

/** Families that workers know how to run, and what a version of each decides. */
export const RUNNABLE_FAMILIES: Readonly<Record<string, string>> = {
  demand: 'Its versions decide how demand is forecast.',
  'lead-time': 'Its versions decide how lead times and lateness are foretold.',
  'incident-text': 'Its versions decide how texts about incidents are labelled.',
  'audit-rules': 'Its versions decide which audit rules apply, and their thresholds.',
  anomaly: 'Its versions decide what counts as unusual, and how much of it is told.',
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
