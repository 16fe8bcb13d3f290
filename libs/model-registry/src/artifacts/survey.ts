import type { Hex } from '@tallyhouse/proofs';
import { isFileFault } from '../model-registry.errors.js';
import type { NamedStore } from './open-stores.js';

/** What a store has under a hash: the right bytes, none, others, or nobody knows because it does not answer. */
export type KeptState = 'GOOD' | 'MISSING' | 'ALTERED' | 'UNKNOWN';

/** An artifact in every store. */
export interface ArtifactStanding {
  readonly sha256: Hex;
  readonly kept: readonly { readonly store: string; readonly state: KeptState; readonly problem?: string }[];
}

/**
 * Reads every artifact of every store and says how each stands in each.
 *
 * @param needed hashes that should be there, whether or not any store lists them
 * @param onProblem told when a store cannot list what it has; it is asked for what others have all the same
 */
export async function* survey(
  stores: readonly NamedStore[],
  needed: readonly Hex[],
  onProblem: (store: string, problem: string) => void,
): AsyncGenerator<ArtifactStanding> {
  const hashes = new Set<Hex>(needed);
  for (const { name, store } of stores) {
    try {
      for await (const sha256 of store.list()) hashes.add(sha256);
    } catch (error) {
      onProblem(name, (error as Error).message);
    }
  }
  for (const sha256 of [...hashes].sort()) {
    const kept = await Promise.all(
      stores.map(async ({ name, store }) => ({ store: name, ...(await stateIn(store, sha256)) })),
    );
    yield { sha256, kept };
  }
}

/**
 * Puts what is good in one store into those that lack it or have it altered.
 *
 * @returns the stores that have it now, and why others still have not
 */
export async function repairAll(
  stores: readonly NamedStore[],
  { sha256, kept }: ArtifactStanding,
): Promise<{ readonly repaired: readonly string[]; readonly problems: readonly string[] }> {
  const lacking = stores.filter(({ name }) =>
    kept.some(({ store, state }) => store === name && (state === 'MISSING' || state === 'ALTERED')),
  );
  if (lacking.length === 0) return { repaired: [], problems: [] };
  const source = stores.find(({ name }) =>
    kept.some(({ store, state }) => store === name && state === 'GOOD'),
  );
  if (!source) return { repaired: [], problems: [`no store has ${sha256} unaltered`] };
  const bytes = await source.store.get(sha256);
  const outcomes = await Promise.allSettled(lacking.map(({ store }) => store.put(bytes)));
  return {
    repaired: lacking.filter((_, index) => outcomes[index]?.status === 'fulfilled').map(({ name }) => name),
    problems: outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).message] : [],
    ),
  };
}

async function stateIn(
  store: NamedStore['store'],
  sha256: Hex,
): Promise<{ state: KeptState; problem?: string }> {
  try {
    await store.get(sha256);
    return { state: 'GOOD' };
  } catch (error) {
    const problem = (error as Error).message;
    if (!isFileFault(error)) return { state: 'UNKNOWN', problem };
    return error.code === 'ARTIFACT_MISSING' ? { state: 'MISSING' } : { state: 'ALTERED', problem };
  }
}
