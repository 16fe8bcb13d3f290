import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { addressWord, bytes32Word, uintWord } from './abi.js';
import { canonicalJson } from './canonical-json.js';
import { doubleKeccak, keccak256, sha256Hex, type Hex } from './hex.js';

/** Names how leaves of texts are made; TraceAnchor carries it as `schemaId`, and a change of the encoding changes it. */
export const TEXT_LEAF_SCHEMA_ID: Hex = keccak256(utf8ToBytes('tallyhouse/text-leaf/1'));

/** Who sent a text, of what kind, as what, and of when. */
export type TextRecordFields = {
  /** Address in lower case. */
  partner: string;
  kind: string;
  source: string;
  reference: string;
  /** ISO-8601 UTC with milliseconds. */
  writtenAt: string;
};

/** What is hashed beside the words. */
export type TextRecordHashed = TextRecordFields & { textSha256: Hex };

/** The words that are hashed: title, an empty line and body; the body alone when there is no title. */
export function textWords(title: string, body: string): string {
  return title === '' ? body : `${title}\n\n${body}`;
}

/** SHA-256 over the UTF-8 of the words. */
export function textSha256(title: string, body: string): Hex {
  return sha256Hex(utf8ToBytes(textWords(title, body)));
}

/** SHA-256 over the RFC 8785 JSON of the record. */
export function recordSha256(record: TextRecordHashed): Hex {
  const { partner, kind, source, reference, writtenAt, textSha256: words } = record;
  return sha256Hex(
    utf8ToBytes(canonicalJson({ partner, kind, source, reference, writtenAt, textSha256: words })),
  );
}

/** What a leaf of a text says. */
export type TextLeafInput = {
  textSha256: Hex;
  recordSha256: Hex;
  /** Address whose key submitted the text. */
  submitter: Hex;
  /** When the text was taken in, Unix seconds, uint64. */
  recordTime: bigint;
};

/**
 * Leaf of an anchored text: keccak(keccak(abi.encode(bytes32 textSha256, bytes32 recordSha256, address submitter,
 * uint64 recordTime))), equal to a leaf of `@openzeppelin/merkle-tree`'s StandardMerkleTree over the same four values.
 *
 * @throws ProofInputError when a hash or the address has the wrong size
 * @example textLeaf({ textSha256, recordSha256, submitter, recordTime: 1767225600n }) // '0x' and 64 digits
 */
export function textLeaf(input: TextLeafInput): Hex {
  return doubleKeccak(
    concatBytes(
      bytes32Word(input.textSha256),
      bytes32Word(input.recordSha256),
      addressWord(input.submitter),
      uintWord(input.recordTime, 64),
    ),
  );
}
