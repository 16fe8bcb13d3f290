import { canonicalJson, fromHex, keccak256, sha256Hex, type Hex } from '@tallyhouse/proofs';

/** Names how leaves of texts are made; a change of the encoding changes it. */
export const TEXT_LEAF_SCHEMA_ID: Hex = keccak256(new TextEncoder().encode('tallyhouse/text-leaf/1'));

const WORD = 32;
const ADDRESS_BYTES = 20;

/** What is hashed beside the words: who sent a text, of what kind, as what, and of when. */
export interface TextRecordHashed {
  readonly partner: string;
  readonly kind: string;
  readonly source: string;
  readonly reference: string;
  /** ISO-8601 UTC with milliseconds. */
  readonly writtenAt: string;
  readonly textSha256: Hex;
}

/** SHA-256 over the UTF-8 of title, an empty line and body; of the body alone when there is no title. */
export function textSha256(title: string, body: string): Hex {
  return sha256Hex(new TextEncoder().encode(title === '' ? body : `${title}\n\n${body}`));
}

/** SHA-256 over the RFC 8785 JSON of the record. */
export function recordSha256(record: TextRecordHashed): Hex {
  return sha256Hex(new TextEncoder().encode(canonicalJson({ ...record })));
}

/**
 * Leaf of an anchored text: keccak(keccak(abi.encode(bytes32 textSha256, bytes32 recordSha256, address submitter,
 * uint64 recordTime))), equal to a leaf of `@openzeppelin/merkle-tree`'s StandardMerkleTree over the same four values.
 *
 * @param recordTime when the text was taken in, Unix seconds
 * @throws ProofInputError when a hash or the address has the wrong size
 */
export function textLeaf(text: Hex, record: Hex, submitter: Hex, recordTime: bigint): Hex {
  const words = new Uint8Array(4 * WORD);
  words.set(fromHex(text, WORD), 0);
  words.set(fromHex(record, WORD), WORD);
  words.set(fromHex(submitter, ADDRESS_BYTES), 3 * WORD - ADDRESS_BYTES);
  new DataView(words.buffer).setBigUint64(4 * WORD - 8, recordTime);
  return keccak256(fromHex(keccak256(words)));
}
