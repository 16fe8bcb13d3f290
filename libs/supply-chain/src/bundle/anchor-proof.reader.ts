import {
  ProofInputError,
  proveLog,
  verifyBundle,
  type AnchorProof,
  type Hex,
  type LogProof,
  type ProofBundle,
  type TextBundle,
} from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { BundleError } from './bundle.errors.js';
import { predecessorsOf, rightsOf, statedOf } from './origin.reader.js';

/** One call of Ethereum JSON-RPC. */
export type RpcCall = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** From what the way from a leaf to its block is proved. */
export interface AnchorProofSource {
  readonly dataSource: DataSource;
  /** A node of the chain on which the batch was anchored; it need not be trusted. */
  readonly rpc: RpcCall;
  /** Address of PartnerRegistry; left out, the bundle proves no rights of the submitter. */
  readonly registry?: Hex;
}

/** A leaf and the log of its batch, as the index has them; what the leaf is of does not matter. */
export interface AnchoredLeaf {
  readonly leaf: Hex;
  readonly path: readonly Hex[];
  readonly submitter: Hex;
  /** Unix seconds, as the leaf has it. */
  readonly recordTimeSeconds: string;
  readonly partner: Hex;
  readonly root: Hex;
  readonly seq: string;
  readonly count: number;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly schemaId: Hex;
  readonly uri: string;
  readonly chainId: number;
  readonly blockNumber: string;
  readonly blockHash: Hex;
  readonly logIndex: number;
}

/** The members of a bundle that lead from the leaf to the block. */
export type LeafToBlock = Required<Omit<AnchorProof, 'format' | 'leaf'>>;

/**
 * Proves the way from a leaf to its block. What the node answers is held to the block hash that the index has; rights
 * of the submitter are null where the node keeps no state of that block.
 *
 * @throws BundleError `NODE_INCONSISTENT`
 */
export async function proveAnchor(source: AnchorProofSource, leaf: AnchoredLeaf): Promise<LeafToBlock> {
  const { dataSource, rpc, registry } = source;
  const { header, address, ...log } = await provenLog(rpc, leaf);
  return {
    chainId: leaf.chainId,
    anchorContract: address,
    batch: {
      partner: leaf.partner,
      root: leaf.root,
      count: leaf.count,
      seq: leaf.seq,
      prevHead: leaf.prevHead,
      head: leaf.head,
      schemaId: leaf.schemaId,
      uri: leaf.uri,
      path: [...leaf.path],
    },
    log,
    header,
    predecessors: await predecessorsOf(dataSource, leaf),
    rights: registry ? await rightsOf(dataSource, rpc, registry, leaf) : null,
    stated: await statedOf(dataSource, leaf),
  };
}

/** The bundle as it is, or without rights that do not hold: a node may answer with the state of another block. */
export function withProvenRights<Bundle extends ProofBundle | TextBundle>(
  bundle: Bundle,
  registry: Hex | undefined,
): Bundle {
  return verifyBundle(bundle, { registry }).failed === 'submitter' ? { ...bundle, rights: null } : bundle;
}

async function provenLog(rpc: RpcCall, { blockHash, logIndex }: AnchoredLeaf): Promise<LogProof> {
  const [block, receipts] = await Promise.all([
    rpc('eth_getBlockByHash', [blockHash, true]),
    rpc('eth_getBlockReceipts', [blockHash]),
  ]);
  try {
    return proveLog({ block, receipts }, blockHash, logIndex);
  } catch (error) {
    if (!(error instanceof ProofInputError)) throw error;
    throw new BundleError('NODE_INCONSISTENT', error.message, 'ask another node: set RPC_URLS');
  }
}
