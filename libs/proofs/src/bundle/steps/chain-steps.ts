import { decodeAnchored } from '../../block/anchored-log.js';
import { readHeader } from '../../block/header.js';
import { decodeReceipt, type Receipt } from '../../block/receipt.js';
import { transactionChainId } from '../../block/transaction.js';
import { keccak256 } from '../../hex.js';
import { indexKey } from '../../trie/build-trie.js';
import { provenValue } from '../../trie/verify-trie.js';
import type { AnchorProof } from '../bundle.js';
import type { Step } from '../verification.js';
import { held, left, must } from './outcome.js';

/** The receipt stands in the block's receipts trie. */
export const receiptStep: Step = (bundle) => {
  const { receiptsRoot } = readHeader(bundle.header);
  const receipt = provenReceipt(bundle);
  must(receipt.succeeded, 'the transaction failed, so nothing was logged');
  return held(`receipt ${bundle.log.transactionIndex} lies under receiptsRoot ${receiptsRoot}`);
};

/** The log of the receipt says what the bundle says of the batch, and its submitter is the leaf's. */
export const logStep: Step = (bundle) => {
  const { batch, leaf, log: place } = bundle;
  const found = provenReceipt(bundle).logs[place.position];
  must(found !== undefined, `the receipt has no log at ${place.position}`);
  must(
    found.address === bundle.anchorContract,
    `the log is of ${found.address}, not of ${bundle.anchorContract}`,
  );
  const log = decodeAnchored(found);
  const said = { ...batch, seq: BigInt(batch.seq), submitter: leaf.submitter };
  for (const name of ['partner', 'root', 'seq', 'count', 'prevHead', 'head', 'schemaId', 'uri'] as const)
    must(log[name] === said[name], `the log says ${name} ${log[name]}, the bundle ${said[name]}`);
  must(
    log.submitter === said.submitter,
    `the log's submitter is ${log.submitter}, the leaf's is ${said.submitter}`,
  );
  return held(`TraceAnchor ${found.address} logged this batch, submitted by ${log.submitter}`);
};

/** The transaction stands in the block's transactions trie and was signed for this chain. */
export const transactionStep: Step = ({ header, log, chainId }) => {
  const { transactionsRoot } = readHeader(header);
  const transaction = provenValue(transactionsRoot, indexKey(log.transactionIndex), log.transactionProof);
  const found = transactionChainId(transaction);
  must(found === BigInt(chainId), `the transaction was signed for chain ${found}, not ${chainId}`);
  return held(`transaction ${keccak256(transaction)} was signed for chain ${found}`);
};

/** The header has the hash that the caller pinned. */
export const headerStep: Step = ({ header }, options) => {
  const { hash, number } = readHeader(header);
  if (options.header === undefined)
    return left(`block ${number} has the hash ${hash}; compare it with a source you trust (--header)`);
  must(
    hash === options.header.toLowerCase(),
    `block ${number} has the hash ${hash}, you gave ${options.header}`,
  );
  return held(`block ${number} has the hash ${hash}, as you gave it`);
};

/** The contract is the one that the caller named. */
export const contractStep: Step = ({ anchorContract }, options) => {
  if (options.anchorContract === undefined)
    return left(`compare the contract ${anchorContract} with Tallyhouse's deployment (--anchor)`);
  must(
    anchorContract === options.anchorContract.toLowerCase(),
    `the contract is ${anchorContract}, you gave ${options.anchorContract}`,
  );
  return held(`the contract is ${anchorContract}, as you gave it`);
};

function provenReceipt({ header, log }: AnchorProof): Receipt {
  const { receiptsRoot } = readHeader(header);
  return decodeReceipt(provenValue(receiptsRoot, indexKey(log.transactionIndex), log.receiptProof));
}
