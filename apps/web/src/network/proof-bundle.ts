import type { VerificationResult } from '@tallyhouse/proofs';
import { createPublicClient, http } from 'viem';
import { checkBundle } from '../verify/check-bundle.js';
import { read, ReadError } from './graphql-client.js';
import { readNetwork } from './network-file.js';
import { PROOF_BUNDLE } from './queries/events.js';
import type { EventProof } from './types.js';

/** The bundle of an event, as the api makes it. */
export async function readProofBundle(eventId: string): Promise<unknown> {
  const { proofBundle } = await read<{ proofBundle: unknown }>(PROOF_BUNDLE, { eventId });
  if (proofBundle === null) throw new ReadError('NOT_READY', 'the batch is not on chain yet');
  return proofBundle;
}

/** Verifies the bundle here, against the block hash that a node of the chain gives, not the api. */
export async function checkAgainstChain(proof: EventProof): Promise<VerificationResult> {
  const [bundle, network] = await Promise.all([readProofBundle(proof.eventId), readNetwork()]);
  const client = createPublicClient({ transport: http(network.rpcUrl) });
  const block = await client.getBlock({ blockNumber: BigInt(proof.blockNumber) });
  return checkBundle(bundle, {
    header: block.hash,
    anchor: network.contracts.TraceAnchor,
    registry: network.contracts.PartnerRegistry,
  });
}
