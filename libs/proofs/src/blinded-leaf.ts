import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { addressWord, bytes32Word, uintWord } from './abi.js';
import { doubleKeccak, fromHex, keccak256, type Hex } from './hex.js';
import { eventLeaf } from './leaves.js';

/** How leaves are made, by their number; TraceAnchor carries it as `schemaId`. */
export const EVENT_LEAF_SCHEMAS: Readonly<Record<1 | 2, Hex>> = {
  1: keccak256(utf8ToBytes('tallyhouse/event-leaf/1')),
  2: keccak256(utf8ToBytes('tallyhouse/event-leaf/2')),
};

/** Hashes of a whole event. Neither is salted: who knows all of the event save a little can try them. */
export type EventHashes = {
  /** CBV 2.0 Event Hash ID, 32 bytes. */
  eventHashId: Hex;
  /** SHA-256 over the RFC 8785 JSON of the event, 32 bytes. */
  jcsSha256: Hex;
};

/** What a leaf of the second form says, without saying which event it is of. */
export type BlindedLeafInput = {
  /** From {@link contentCommitment}. */
  content: Hex;
  /** Root of the salted (path, value) tree, 32 bytes. */
  disclosureRoot: Hex;
  /** Address whose key submitted the event. */
  submitter: Hex;
  /** Unix seconds, uint64. */
  recordTime: bigint;
};

/** No field has this path: paths begin with a slash. */
const BLIND_LABEL = utf8ToBytes('content');

/**
 * Binds both hashes of an event and tells neither: keccak256(blind ‖ eventHashId ‖ jcsSha256), where blind is
 * HMAC-SHA256(secret, "content"). So a redacted copy need not carry a hash that a hidden field could be guessed by.
 *
 * @param secret - the event's own, 32 bytes; the salts of its fields derive from it too
 * @throws ProofInputError if a hash is not 32 bytes
 * @example contentCommitment({ eventHashId, jcsSha256 }, secret) // '0x' and 64 digits
 */
export function contentCommitment({ eventHashId, jcsSha256 }: EventHashes, secret: Uint8Array): Hex {
  const blind = hmac(sha256, secret, BLIND_LABEL);
  return keccak256(concatBytes(blind, bytes32Word(eventHashId), bytes32Word(jcsSha256)));
}

/**
 * Leaf of the second form: keccak(keccak(abi.encode(bytes32 content, bytes32 disclosureRoot, address submitter, uint64
 * recordTime))), as OpenZeppelin's StandardMerkleTree makes it of these four values.
 *
 * @throws ProofInputError if a word has the wrong size or recordTime does not fit uint64
 * @example blindedLeaf({ content, disclosureRoot, submitter, recordTime: 1767225600n })
 */
export function blindedLeaf(input: BlindedLeafInput): Hex {
  return doubleKeccak(
    bytes32Word(input.content),
    bytes32Word(input.disclosureRoot),
    addressWord(input.submitter),
    uintWord(input.recordTime, 64),
  );
}

/** All that leaves of either form are made of. */
export type AnchoredEvent = EventHashes & {
  disclosureRoot: Hex;
  submitter: Hex;
  /** Unix seconds, uint64. */
  recordTime: bigint;
  /** The event's own secret, 32 bytes. */
  secret: Hex;
};

/**
 * The leaf of an event in the form that a batch names.
 *
 * @returns undefined for a form that is not known here
 * @throws ProofInputError as the two forms
 * @example leafOfSchema(EVENT_LEAF_SCHEMAS[2], event) // '0x' and 64 digits
 */
export function leafOfSchema(schemaId: Hex, event: AnchoredEvent): Hex | undefined {
  if (schemaId === EVENT_LEAF_SCHEMAS[1]) return eventLeaf(event);
  if (schemaId !== EVENT_LEAF_SCHEMAS[2]) return undefined;
  return blindedLeaf({ ...event, content: contentCommitment(event, fromHex(event.secret, 32)) });
}
