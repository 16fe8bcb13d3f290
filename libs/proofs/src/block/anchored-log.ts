import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { uintWord } from '../abi.js';
import { keccak256, toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import type { ReceiptLog } from './receipt.js';

/** What TraceAnchor logs for a batch. */
export type AnchoredLog = {
  partner: Hex;
  root: Hex;
  seq: bigint;
  count: number;
  prevHead: Hex;
  head: Hex;
  schemaId: Hex;
  submitter: Hex;
  uri: string;
};

/** First topic of the log: keccak256 of the event's signature (TraceAnchor.sol). */
export const ANCHORED_TOPIC: Hex = keccak256(
  utf8ToBytes('Anchored(address,bytes32,uint64,uint32,bytes32,bytes32,bytes32,address,string)'),
);

const WORD = 32;
const HEAD_WORDS = 6;
const MAX_URI_BYTES = 65_536;

/**
 * Reads a log of TraceAnchor's event `Anchored`, in the one encoding that Solidity gives it.
 *
 * @throws ProofInputError `BLOCK` for another log or another encoding
 * @example decodeAnchored(receipt.logs[0]).seq // 1n
 */
export function decodeAnchored({ topics, data }: ReceiptLog): AnchoredLog {
  const [signature, partner, root, seq] = topics;
  if (topics.length !== 4 || signature !== ANCHORED_TOPIC || !partner || !root || !seq)
    throw fault('it is no log of the event Anchored');
  if (data.length < (HEAD_WORDS + 1) * WORD) throw fault('the log of Anchored ends too soon');
  const word = (index: number): Hex => toHex(data.subarray(index * WORD, (index + 1) * WORD));
  if (BigInt(word(5)) !== BigInt(HEAD_WORDS * WORD)) throw fault('the log of Anchored has another encoding');
  return {
    partner: addressOf(partner),
    root,
    seq: bounded(seq, 64),
    count: Number(bounded(word(0), 32)),
    prevHead: word(1),
    head: word(2),
    schemaId: word(3),
    submitter: addressOf(word(4)),
    uri: textOf(data.subarray(HEAD_WORDS * WORD)),
  };
}

/** ABI encoding of a text: its length in bytes, then the bytes filled up to whole words with zeros. */
function textOf(encoded: Uint8Array): string {
  const size = BigInt(toHex(encoded.subarray(0, WORD)));
  if (size > BigInt(MAX_URI_BYTES)) throw fault(`a uri of more than ${MAX_URI_BYTES} bytes`);
  const length = Number(size);
  const content = encoded.subarray(WORD, WORD + length);
  const filling = new Uint8Array((WORD - (length % WORD)) % WORD);
  if (toHex(encoded) !== toHex(concatBytes(uintWord(size, 256), content, filling)) || content.length < length)
    throw fault('the log of Anchored has another encoding');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw fault('a uri that is not UTF-8');
  }
}

function addressOf(word: Hex): Hex {
  bounded(word, 160);
  return `0x${word.slice(26)}`;
}

function bounded(word: Hex, bits: number): bigint {
  const value = BigInt(word);
  if (value >= 1n << BigInt(bits)) throw fault(`a number of more than ${bits} bits`);
  return value;
}

function fault(what: string): ProofInputError {
  return new ProofInputError('BLOCK', what);
}
