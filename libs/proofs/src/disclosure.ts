import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytes32Word } from './abi.js';
import { keccak256, toHex, type Hex } from './hex.js';
import { flattenJson, scalarText, type JsonLeafValue, type JsonObject } from './json.js';
import { merkleTree, verifyMerkleProof } from './merkle.js';

/** One field that may be shown on its own. */
export type DisclosureEntry = {
  /** JSON Pointer (RFC 6901) of the field. */
  path: string;
  value: JsonLeafValue;
  /** 32 bytes; without it the field cannot be guessed from its leaf. */
  salt: Hex;
};

/** All fields of a document under one root. */
export type Disclosure = {
  root: Hex;
  entries: DisclosureEntry[];
  /** Siblings from entry `index` up to the root. */
  proof: (index: number) => Hex[];
};

/**
 * Secret for the salts of one event. Salts depend on the path, so one secret for several events would let whoever
 * sees a field of one event guess that field of the others: always derive, never share.
 *
 * @param master - the partner's secret, at least 32 random bytes
 * @example disclosureSecret(master, eventHashId, jcsSha256) // 32 bytes
 */
export function disclosureSecret(master: Uint8Array, eventHashId: Hex, jcsSha256: Hex): Uint8Array {
  return hmac(sha256, master, concatBytes(bytes32Word(eventHashId), bytes32Word(jcsSha256)));
}

/**
 * Puts every field of a JSON object under one root, so that a redacted copy can still prove what it shows. Fields
 * are the scalars and the empty arrays and objects; salt = HMAC-SHA256(secret, path).
 *
 * @param secret - from {@link disclosureSecret}; never the same for two documents
 * @throws ProofInputError `NO_LEAVES` for an empty object, `NOT_JSON` or `TOO_DEEP` for what is no bounded JSON
 * @example disclosure({ lot: 'A1' }, secret).entries // [{ path: '/lot', value: 'A1', salt: '0x…' }]
 */
export function disclosure(value: JsonObject, secret: Uint8Array): Disclosure {
  const entries = flattenJson(value).map((field) => ({
    ...field,
    salt: toHex(hmac(sha256, secret, utf8ToBytes(field.path))),
  }));
  const tree = merkleTree(entries.map(disclosureLeaf));
  return { root: tree.root, entries, proof: tree.proof };
}

/**
 * Leaf of one field: keccak(keccak(abi.encode(sha256(path), sha256(RFC 8785 text of value), salt))), a leaf of
 * StandardMerkleTree over three bytes32. SHA-256 inside, because here it is eight times faster than keccak.
 *
 * @throws ProofInputError if the salt is not 32 bytes or the value is no JSON
 * @example disclosureLeaf({ path: '/lot', value: 'A1', salt })
 */
export function disclosureLeaf(entry: DisclosureEntry): Hex {
  return hiddenLeaf(disclosureDigest(entry));
}

/**
 * What stands for a field that is not shown: the inner of the leaf's two keccak. It is of 96 bytes, and the leaf of
 * 32, while an inner node of the tree is of 64: so a digest stands for one field, never for several.
 *
 * @throws ProofInputError as {@link disclosureLeaf}
 * @example hiddenLeaf(disclosureDigest(entry)) === disclosureLeaf(entry) // true
 */
export function disclosureDigest(entry: DisclosureEntry): Hex {
  return keccak256(
    concatBytes(
      sha256(utf8ToBytes(entry.path)),
      sha256(utf8ToBytes(scalarText(entry.value))),
      bytes32Word(entry.salt),
    ),
  );
}

/** The leaf of a field of which only its {@link disclosureDigest} is known. */
export function hiddenLeaf(digest: Hex): Hex {
  return keccak256(bytes32Word(digest));
}

/**
 * Says whether the shown field is the one that was anchored.
 *
 * @example verifyDisclosed(root, entries[2], proofOfEntry2) // true
 */
export function verifyDisclosed(root: Hex, entry: DisclosureEntry, proof: readonly Hex[]): boolean {
  return verifyMerkleProof(root, disclosureLeaf(entry), proof);
}
