import { concat, encodeAbiParameters, keccak256 } from 'viem';
import type { EventProof, Hex } from './types.js';

type LeafParts = Pick<
  EventProof,
  'eventHashId' | 'jcsSha256' | 'disclosureRoot' | 'submitter' | 'recordTimeSeconds'
>;

const LEAF = [
  { type: 'bytes32' },
  { type: 'bytes32' },
  { type: 'bytes32' },
  { type: 'address' },
  { type: 'uint64' },
] as const;

/** keccak(keccak(abi.encode(event hash, canonical SHA-256, disclosure root, submitter, record time))). */
export function leafOf(proof: LeafParts): Hex {
  const { eventHashId, jcsSha256, disclosureRoot, submitter, recordTimeSeconds } = proof;
  const values = [eventHashId, jcsSha256, disclosureRoot, submitter, BigInt(recordTimeSeconds)] as const;
  return keccak256(keccak256(encodeAbiParameters(LEAF, values)));
}

/** The root that the path leads to; pairs are sorted before hashing. */
export function rootOf(leaf: Hex, path: readonly Hex[]): Hex {
  return path.reduce((node, other) => keccak256(concat(node < other ? [node, other] : [other, node])), leaf);
}
