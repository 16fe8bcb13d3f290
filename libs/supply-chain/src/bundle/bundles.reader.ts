import type { ProofBundle } from '@tallyhouse/proofs';
import type { RpcCall } from './anchor-proof.reader.js';
import { BundleError } from './bundle.errors.js';
import { assembleBundle, type BundleRequest } from './bundle.reader.js';

/**
 * The bundles of several events, in their order; events that are not on chain have none. What events of one block need
 * of the node is asked once.
 *
 * @throws as {@link assembleBundle}, save for what is not on chain
 */
export async function assembleBundles(
  request: Omit<BundleRequest, 'eventId'>,
  eventIds: readonly string[],
): Promise<ProofBundle[]> {
  const rpc = askedOnce(request.rpc);
  const bundles: ProofBundle[] = [];
  for (const eventId of eventIds) {
    try {
      bundles.push(await assembleBundle({ ...request, rpc, eventId }));
    } catch (error) {
      if (!(error instanceof BundleError && error.code === 'NOT_ANCHORED')) throw error;
    }
  }
  return bundles;
}

function askedOnce(rpc: RpcCall): RpcCall {
  const answers = new Map<string, Promise<unknown>>();
  return (method, params) => {
    const key = JSON.stringify([method, params]);
    const known = answers.get(key) ?? rpc(method, params);
    answers.set(key, known);
    return known;
  };
}
