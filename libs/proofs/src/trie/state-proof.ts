import { keccak_256 } from '@noble/hashes/sha3.js';
import { fromHex, toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { bytesQuantity, decodeRlp } from '../rlp/rlp.js';
import { provenValue } from './verify-trie.js';

const ACCOUNT_FIELDS = 4;

/**
 * Root of an account's storage, proved from the state of a block (Yellow Paper §4.1; the proof is `accountProof` of
 * eth_getProof, EIP-1186).
 *
 * @throws ProofInputError `TRIE` or `RLP` where the nodes do not lead to an account
 * @example provenStorageRoot(header.stateRoot, registry, accountProof) // '0x' and 64 digits
 */
export function provenStorageRoot(stateRoot: Hex, account: Hex, proof: readonly Hex[]): Hex {
  const item = decodeRlp(provenValue(stateRoot, keccak_256(fromHex(account, 20)), proof));
  const root = item instanceof Uint8Array ? undefined : item[2];
  if (item.length !== ACCOUNT_FIELDS || !(root instanceof Uint8Array) || root.length !== 32)
    throw new ProofInputError('TRIE', 'what stands at the end of the way is no account');
  return toHex(root);
}

/**
 * The number in a storage slot, proved from the root of the account's storage; a slot of zero has no proof here.
 *
 * @throws ProofInputError `TRIE` or `RLP` where the nodes do not lead to the slot
 * @example provenSlot(storageRoot, slot, proof) // 257n
 */
export function provenSlot(storageRoot: Hex, slot: Hex, proof: readonly Hex[]): bigint {
  const item = decodeRlp(provenValue(storageRoot, keccak_256(fromHex(slot, 32)), proof));
  if (!(item instanceof Uint8Array) || item.length === 0)
    throw new ProofInputError('TRIE', 'what stands at the end of the way is no number');
  return bytesQuantity(item);
}
