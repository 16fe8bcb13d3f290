import { toHex, type Hex } from '../hex.js';
import { ProofInputError } from '../proofs.errors.js';
import { indexKey, indexTrie, type Trie } from '../trie/build-trie.js';
import { headerFields, readHeader } from './header.js';
import { encodeReceipt } from './receipt.js';
import { bytes, list, object, type RpcObject } from './rpc.js';
import { encodeTransaction } from './transaction.js';

/** A node's answers about one block. */
export type BlockAnswers = {
  /** eth_getBlockByHash with whole transactions. */
  block: unknown;
  /** eth_getBlockReceipts. */
  receipts: unknown;
};

/** The way from a log to the hash of its block. */
export type LogProof = {
  /** The contract that logged it. */
  address: Hex;
  header: Hex[];
  transactionIndex: number;
  /** Position of the log among those of its receipt. */
  position: number;
  transactionProof: Hex[];
  receiptProof: Hex[];
};

/**
 * Proves a log by the tries of its block. The answers are held to the block's hash, so a node that drops or alters
 * a receipt is found out.
 *
 * @param logIndex - position of the log in the block
 * @throws ProofInputError `NODE_INCONSISTENT` when the answers do not give the block's hash and roots; ask another
 * node. `BLOCK` for types of transaction not known here
 * @example proveLog({ block, receipts }, blockHash, 4).receiptProof // ['0xf8…', …]
 */
export function proveLog(answers: BlockAnswers, blockHash: Hex, logIndex: number): LogProof {
  if (!Array.isArray(answers.receipts) || answers.block === null)
    throw inconsistent(`the node has no block ${blockHash} or no receipts of it`);
  const block = object(answers.block);
  const header = headerFields(block);
  const { hash, transactionsRoot, receiptsRoot } = readHeader(header);
  if (hash !== blockHash) throw inconsistent(`the header has the hash ${hash}, not ${blockHash}`);
  const receipts = answers.receipts.map(object);
  const receiptTrie = trieOf('receipts', receipts.map(encodeReceipt), receiptsRoot);
  const transactions = list(block, 'transactions').map((entry) => encodeTransaction(object(entry)));
  const transactionTrie = trieOf('transactions', transactions, transactionsRoot);
  const place = placeOf(receipts, logIndex);
  const key = indexKey(place.transactionIndex);
  return {
    header,
    ...place,
    transactionProof: transactionTrie.proof(key),
    receiptProof: receiptTrie.proof(key),
  };
}

function trieOf(what: string, values: readonly Uint8Array[], expected: Hex): Trie {
  const trie = indexTrie(values);
  if (trie.root === expected) return trie;
  throw inconsistent(`the ${what} give the root ${trie.root}, but the header says ${expected}`);
}

type Place = Pick<LogProof, 'address' | 'transactionIndex' | 'position'>;

function placeOf(receipts: readonly RpcObject[], logIndex: number): Place {
  let before = 0;
  for (const [transactionIndex, receipt] of receipts.entries()) {
    const logs = list(receipt, 'logs');
    const position = logIndex - before;
    if (position < logs.length) {
      const address = toHex(bytes(object(logs[position]), 'address', 20));
      return { address, transactionIndex, position };
    }
    before += logs.length;
  }
  throw inconsistent(`the block has ${before} logs, none at ${logIndex}`);
}

function inconsistent(what: string): ProofInputError {
  return new ProofInputError('NODE_INCONSISTENT', what);
}
