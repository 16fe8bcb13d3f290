import { createPublicClient, http } from 'viem';
import { traceAnchorAbi } from '@tallyhouse/chain/generated/trace-anchor.js';
import { readNetwork } from './network-file.js';
import { leafOf, rootOf } from './proof-hash.js';
import type { EventProof } from './types.js';

export interface ProofCheck {
  leaf: boolean;
  root: boolean;
  /** When the chain says the root was anchored, in unix seconds; 0 when it was not. */
  anchoredAt: number;
}

/** Recomputes the proof in this browser and asks the chain, not the api, whether the root is anchored. */
export async function checkProof(proof: EventProof): Promise<ProofCheck> {
  const leaf = leafOf(proof);
  const network = await readNetwork();
  const client = createPublicClient({ transport: http(network.rpcUrl) });
  const contract = { address: network.contracts.TraceAnchor, abi: traceAnchorAbi } as const;
  const [logs, block] = await Promise.all([
    client.getContractEvents({
      ...contract,
      eventName: 'Anchored',
      args: { partner: proof.partner, root: proof.root, seq: BigInt(proof.seq) },
      blockHash: proof.blockHash,
      strict: true,
    }),
    client.getBlock({ blockHash: proof.blockHash }),
  ]);
  return {
    leaf: leaf === proof.leaf,
    root: rootOf(leaf, proof.path) === proof.root,
    anchoredAt: logs.length > 0 ? Number(block.timestamp) : 0,
  };
}
