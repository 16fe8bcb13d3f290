import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { bytesQuantity, encodeRlp } from '../rlp/rlp.js';
import { bytes, quantity, type RpcObject } from './rpc.js';

type Field = readonly [name: string, kind: 'quantity' | number | 'bytes'];

/** Fields of every header, in order; a number is a size in bytes. */
const FIELDS: readonly Field[] = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', 'quantity'],
  ['number', 'quantity'],
  ['gasLimit', 'quantity'],
  ['gasUsed', 'quantity'],
  ['timestamp', 'quantity'],
  ['extraData', 'bytes'],
  ['mixHash', 32],
  ['nonce', 8],
];
/** Fields that forks added: London, Shanghai, Cancun (three), Prague. A header has a first part of this list. */
const LATER_FIELDS: readonly Field[] = [
  ['baseFeePerGas', 'quantity'],
  ['withdrawalsRoot', 32],
  ['blobGasUsed', 'quantity'],
  ['excessBlobGas', 'quantity'],
  ['parentBeaconBlockRoot', 32],
  ['requestsHash', 32],
];
const MAX_FIELDS = 32;
const MAX_FIELD_BYTES = 1_024;

/** What a verifier takes from a header. */
export type BlockHeader = {
  hash: Hex;
  number: bigint;
  /** Unix seconds. */
  timestamp: bigint;
  stateRoot: Hex;
  transactionsRoot: Hex;
  receiptsRoot: Hex;
};

/**
 * Fields of a header, in the order of its RLP, from a node's answer to eth_getBlockByHash; numbers without leading
 * zeros, zero as `0x`. Knows the fields of every fork to Prague.
 *
 * @throws ProofInputError `BLOCK` when a field is missing
 * @example headerFields(await rpc('eth_getBlockByHash', [hash, false])) // ['0x8f…', …, '0x', …]
 */
export function headerFields(block: RpcObject): Hex[] {
  const gap = LATER_FIELDS.findIndex(([name]) => block[name] === undefined || block[name] === null);
  const later = gap < 0 ? LATER_FIELDS : LATER_FIELDS.slice(0, gap);
  return [...FIELDS, ...later].map(([name, kind]) =>
    toHex(
      kind === 'quantity' ? quantity(block, name) : bytes(block, name, kind === 'bytes' ? undefined : kind),
    ),
  );
}

/**
 * Hash of a block: keccak256 of the RLP list of its header's fields. Fields of forks to come are taken as they are.
 *
 * @throws ProofInputError `BLOCK` for fewer than 15 or more than 32 fields, or one that is no such field
 * @example readHeader(fields).hash // '0x' and 64 digits
 */
export function readHeader(fields: readonly Hex[]): BlockHeader {
  if (fields.length < FIELDS.length || fields.length > MAX_FIELDS)
    throw new ProofInputError('BLOCK', `a header of ${fields.length} fields`);
  const values = fields.map((field) => fromHex(field));
  for (const [index, value] of values.entries()) {
    const size = FIELDS[index]?.[1];
    if (value.length > MAX_FIELD_BYTES || (typeof size === 'number' && value.length !== size))
      throw new ProofInputError('BLOCK', `header field ${index} of ${value.length} bytes`);
  }
  return {
    hash: keccak256(encodeRlp(values)),
    number: bytesQuantity(values[8]!),
    timestamp: bytesQuantity(values[11]!),
    stateRoot: toHex(values[3]!),
    transactionsRoot: toHex(values[4]!),
    receiptsRoot: toHex(values[5]!),
  };
}
