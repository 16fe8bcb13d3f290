import { concatBytes } from '@noble/hashes/utils.js';
import { toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { bytesQuantity, decodeRlp, encodeRlp, type RlpItem } from '../rlp/rlp.js';
import { bytes, list, object, quantity, typeOf, type RpcObject } from './rpc.js';

/** A log as a receipt holds it. */
export type ReceiptLog = { address: Hex; topics: Hex[]; data: Uint8Array };
/** What a verifier takes from a receipt. */
export type Receipt = { succeeded: boolean; logs: ReceiptLog[] };

const MAX_TYPE = 0x7f;

/**
 * A receipt as the receipts trie holds it (EIP-658, EIP-2718), from a node's answer to eth_getBlockReceipts.
 *
 * @throws ProofInputError `BLOCK` when something is missing
 * @example encodeReceipt(receipts[0]) // Uint8Array [0x02, 0xf9, …]
 */
export function encodeReceipt(receipt: RpcObject): Uint8Array {
  const outcome =
    receipt['status'] === undefined || receipt['status'] === null
      ? bytes(receipt, 'root', 32)
      : quantity(receipt, 'status');
  const logs = list(receipt, 'logs').map((entry): RlpItem => {
    const log = object(entry);
    const topics = list(log, 'topics').map((topic) => bytes({ topic }, 'topic', 32));
    return [bytes(log, 'address', 20), topics, bytes(log, 'data')];
  });
  const content = [outcome, quantity(receipt, 'cumulativeGasUsed'), bytes(receipt, 'logsBloom', 256), logs];
  return withType(typeOf(receipt), encodeRlp(content));
}

/**
 * Reads a receipt of the receipts trie, of any type up to 0x7f.
 *
 * @throws ProofInputError `BLOCK` or `RLP` for anything else
 */
export function decodeReceipt(encoded: Uint8Array): Receipt {
  const content = decodeRlp((encoded[0] ?? 0) <= MAX_TYPE ? encoded.subarray(1) : encoded);
  const [outcome, gas, bloom, logs] = content;
  if (content.length !== 4 || !isBytes(outcome) || !isBytes(gas) || !isBytes(bloom) || !isList(logs))
    throw new ProofInputError('BLOCK', 'a receipt of another form');
  bytesQuantity(gas);
  return { succeeded: toHex(outcome) === '0x01', logs: logs.map(readLog) };
}

/** A value of a block's trie: the type's byte before it, none for the legacy type 0. */
export function withType(type: number, content: Uint8Array): Uint8Array {
  if (!Number.isInteger(type) || type < 0 || type > MAX_TYPE)
    throw new ProofInputError('BLOCK', `type ${type} of a transaction or receipt`);
  return type === 0 ? content : concatBytes(new Uint8Array([type]), content);
}

function readLog(item: RlpItem): ReceiptLog {
  if (item.length !== 3 || !isList(item)) throw new ProofInputError('BLOCK', 'a log of another form');
  const [address, topics, data] = item;
  if (!isBytes(address) || address.length !== 20 || !isList(topics) || topics.length > 4 || !isBytes(data))
    throw new ProofInputError('BLOCK', 'a log of another form');
  return { address: toHex(address), topics: topics.map(readTopic), data };
}

function readTopic(topic: RlpItem): Hex {
  if (!isBytes(topic) || topic.length !== 32) throw new ProofInputError('BLOCK', 'a topic of another size');
  return toHex(topic);
}

function isBytes(item: RlpItem | number | undefined): item is Uint8Array {
  return item instanceof Uint8Array;
}

function isList(item: RlpItem | number | undefined): item is readonly RlpItem[] {
  return Array.isArray(item);
}
