import { ProofInputError } from '../proofs.errors.js';
import { bytesQuantity, decodeRlp, encodeRlp, type RlpItem } from '../rlp/rlp.js';
import { withType } from './receipt.js';
import { bytes, list, object, quantity, typeOf, type RpcObject } from './rpc.js';

const NAMES_CHAIN_FIRST = [1, 2, 3, 4];
const LEGACY_FIELDS = 9;

/**
 * A transaction as the transactions trie holds it, from a node's answer: legacy, EIP-2930, EIP-1559, EIP-4844 and
 * EIP-7702 (types 0 to 4).
 *
 * @throws ProofInputError `BLOCK` for another type or when something is missing
 * @example encodeTransaction(block.transactions[0]) // Uint8Array [0x02, 0xf8, …]
 */
export function encodeTransaction(transaction: RpcObject): Uint8Array {
  const type = typeOf(transaction);
  const number = (key: string): Uint8Array => quantity(transaction, key);
  const numbers = (...keys: string[]): Uint8Array[] => keys.map(number);
  const call = [...numbers('gas'), recipient(transaction), number('value'), bytes(transaction, 'input')];
  const signature = (): Uint8Array[] => [
    quantity(transaction, transaction['yParity'] === undefined ? 'v' : 'yParity'),
    ...numbers('r', 's'),
  ];
  if (type === 0) return encodeRlp([...numbers('nonce', 'gasPrice'), ...call, ...numbers('v', 'r', 's')]);
  const fees = type === 1 ? ['gasPrice'] : ['maxPriorityFeePerGas', 'maxFeePerGas'];
  const shared = [...numbers('chainId', 'nonce', ...fees), ...call, accessList(transaction)];
  return withType(type, encodeRlp([...shared, ...ownFields(type, transaction), ...signature()]));
}

/**
 * Id of the chain that a transaction was signed for.
 *
 * @throws ProofInputError `BLOCK` for a type without one, also a legacy transaction from before EIP-155
 * @example transactionChainId(encoded) // 31337n
 */
export function transactionChainId(encoded: Uint8Array): bigint {
  const type = encoded[0] ?? 0;
  const isTyped = NAMES_CHAIN_FIRST.includes(type);
  const fields = decodeRlp(isTyped ? encoded.subarray(1) : encoded);
  if (isTyped) return bytesQuantity(bytesAt(fields, 0));
  const v = fields.length === LEGACY_FIELDS ? bytesQuantity(bytesAt(fields, 6)) : 0n;
  if (v < 35n) throw new ProofInputError('BLOCK', 'the transaction names no chain');
  return (v - 35n) / 2n;
}

function ownFields(type: number, transaction: RpcObject): RlpItem[] {
  if (type === 1 || type === 2) return [];
  if (type === 3) {
    const hashes = list(transaction, 'blobVersionedHashes').map((hash) => bytes({ hash }, 'hash', 32));
    return [quantity(transaction, 'maxFeePerBlobGas'), hashes];
  }
  if (type === 4)
    return [list(transaction, 'authorizationList').map((entry) => authorization(object(entry)))];
  throw new ProofInputError('BLOCK', `transactions of type ${type} are not known here`);
}

function authorization(entry: RpcObject): RlpItem {
  return [
    quantity(entry, 'chainId'),
    bytes(entry, 'address', 20),
    quantity(entry, 'nonce'),
    quantity(entry, 'yParity'),
    quantity(entry, 'r'),
    quantity(entry, 's'),
  ];
}

function recipient(transaction: RpcObject): Uint8Array {
  return typeof transaction['to'] === 'string' ? bytes(transaction, 'to', 20) : new Uint8Array();
}

function accessList(transaction: RpcObject): RlpItem {
  return list({ accessList: transaction['accessList'] ?? [] }, 'accessList').map((entry) => {
    const access = object(entry);
    return [
      bytes(access, 'address', 20),
      list(access, 'storageKeys').map((storageKey) => bytes({ storageKey }, 'storageKey', 32)),
    ];
  });
}

function bytesAt(fields: RlpItem, index: number): Uint8Array {
  const field = fields[index];
  if (!(field instanceof Uint8Array)) throw new ProofInputError('BLOCK', 'a transaction of another form');
  return field;
}
