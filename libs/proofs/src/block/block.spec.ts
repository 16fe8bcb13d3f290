import { describe, expect, it } from '@jest/globals';
import {
  encodeAbiParameters,
  serializeTransaction,
  toHex as viemHex,
  type TransactionSerializable,
} from 'viem';
import { address, anchoredLog, blockWith, word } from '../../test/block-kit.js';
import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { anvilBlock, anvilReceipt, anvilTransaction } from '../../test/anvil-block.js';
import { decodeAnchored, type AnchoredLog } from './anchored-log.js';
import { headerFields, readHeader } from './header.js';
import { proveLog } from './prove-log.js';
import { decodeReceipt, encodeReceipt } from './receipt.js';
import { indexTrie } from '../trie/build-trie.js';
import { encodeTransaction, transactionChainId } from './transaction.js';

const LOG: AnchoredLog = {
  ...{ partner: address('maker'), root: word('root'), seq: 7n, count: 256, prevHead: word('before') },
  ...{ head: word('head'), schemaId: word('schema'), submitter: address('key'), uri: 'memory:ä batch' },
};
const signature = { r: word('r'), s: word('s') };
const answered = (type: number, more: object): { [key: string]: unknown } => ({
  ...{ type: viemHex(type), nonce: '0x9', gas: '0x5208', to: address('to'), value: '0x0', input: '0x1234' },
  ...{ v: '0x1', yParity: '0x1', ...signature, chainId: '0x7a69', ...more },
});
const accessList = [{ address: address('a'), storageKeys: [word('k1'), word('k2')] }];
const call = {
  nonce: 9,
  gas: 21_000n,
  to: address('to'),
  value: 0n,
  data: '0x1234' as const,
  chainId: 31337,
};

describe('block header', () => {
  it('has the hash of a block of a local chain with all fields to Prague', () => {
    const fields = headerFields(anvilBlock);
    expect(fields).toHaveLength(21);
    expect(readHeader(fields)).toMatchObject({ hash: anvilBlock.hash, number: 1n, timestamp: 0x6b047878n });
  });

  it('has as many fields as its fork gave it', () => {
    const { requestsHash: _, ...cancun } = anvilBlock;
    expect(headerFields(cancun)).toHaveLength(20);
    const { baseFeePerGas: __, ...first } = anvilBlock;
    expect(headerFields(first)).toHaveLength(15);
  });

  it('refuses too few fields, too many, and one of another size', () => {
    const fields = headerFields(anvilBlock);
    expect(() => readHeader(fields.slice(0, 14))).toThrow('14 fields');
    expect(() => readHeader([...fields, ...fields])).toThrow('42 fields');
    expect(() => readHeader(fields.with(5, '0x12'))).toThrow('field 5 of 1 bytes');
    expect(() => headerFields({ ...anvilBlock, number: 'x' })).toThrow('no number');
  });
});

describe('receipts and transactions', () => {
  it('give the roots of a block of a local chain', () => {
    expect(indexTrie([encodeReceipt(anvilReceipt)]).root).toBe(anvilBlock.receiptsRoot);
    expect(indexTrie([encodeTransaction(anvilTransaction)]).root).toBe(anvilBlock.transactionsRoot);
    expect(keccak256(encodeTransaction(anvilTransaction))).toBe(anvilTransaction.hash);
    expect(transactionChainId(encodeTransaction(anvilTransaction))).toBe(31337n);
  });

  const fees = { maxFeePerGas: '0x77', maxPriorityFeePerGas: '0x3' };
  const viemFees = { maxFeePerGas: 0x77n, maxPriorityFeePerGas: 3n };
  const entry = { chainId: 1, address: address('code'), nonce: 4, yParity: 1, ...signature };
  const rpcEntry = { ...entry, chainId: '0x1', nonce: '0x4', yParity: '0x1' };
  const types: [string, { [key: string]: unknown }, TransactionSerializable, object][] = [
    [
      'legacy',
      answered(0, { gasPrice: '0x5', v: viemHex(35 + 2 * 31337 + 1) }),
      { ...call, gasPrice: 5n, type: 'legacy' },
      { v: BigInt(36 + 2 * 31337) },
    ],
    [
      'EIP-2930',
      answered(1, { gasPrice: '0x5', accessList }),
      { ...call, gasPrice: 5n, accessList, type: 'eip2930' },
      {},
    ],
    [
      'EIP-1559',
      answered(2, { ...fees, accessList }),
      { ...call, ...viemFees, accessList, type: 'eip1559' },
      {},
    ],
    [
      'EIP-4844',
      answered(3, { ...fees, maxFeePerBlobGas: '0x8', blobVersionedHashes: [word('blob')] }),
      {
        ...call,
        ...viemFees,
        maxFeePerBlobGas: 8n,
        blobVersionedHashes: [`0x01${word('blob').slice(4)}`],
        type: 'eip4844',
      },
      {},
    ],
    [
      'EIP-7702',
      answered(4, { ...fees, authorizationList: [rpcEntry] }),
      { ...call, ...viemFees, authorizationList: [entry], type: 'eip7702' },
      {},
    ],
  ];
  it.each(types)('are encoded as viem encodes them: %s', (_, answer, serializable, more) => {
    if ('blobVersionedHashes' in answer) answer['blobVersionedHashes'] = [`0x01${word('blob').slice(4)}`];
    const encoded = encodeTransaction(answer);
    expect(toHex(encoded)).toBe(serializeTransaction(serializable, { ...signature, yParity: 1, ...more }));
    expect(transactionChainId(encoded)).toBe(31337n);
  });

  it('are refused where they name no chain or are of an unknown type', () => {
    const old = encodeTransaction(answered(0, { gasPrice: '0x5', v: '0x1b' }));
    expect(() => transactionChainId(old)).toThrow('names no chain');
    expect(() =>
      encodeTransaction(answered(126, { maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x1' })),
    ).toThrow('type 126');
  });

  it('keep a receipt from before Byzantium and one that failed', () => {
    const failed = decodeReceipt(encodeReceipt({ ...anvilReceipt, status: '0x0' }));
    expect(failed.succeeded).toBe(false);
    const old = encodeReceipt({ ...anvilReceipt, type: '0x0', status: undefined, root: word('state') });
    expect(decodeReceipt(old).succeeded).toBe(false);
  });
});

describe('log of Anchored', () => {
  const receiptWith = (log: object): Hex => toHex(encodeReceipt({ ...anvilReceipt, logs: [log] }));
  const logOf = (receipt: Hex) => decodeReceipt(fromHex(receipt)).logs[0]!;

  it('is read as Solidity writes it', () => {
    const log = logOf(receiptWith(anchoredLog(address('anchor'), LOG)));
    expect(decodeAnchored(log)).toEqual(LOG);
    const types = ['uint32', 'bytes32', 'bytes32', 'bytes32', 'address', 'string'].map((type) => ({ type }));
    const values = [LOG.count, LOG.prevHead, LOG.head, LOG.schemaId, LOG.submitter, LOG.uri];
    expect(toHex(log.data)).toBe(encodeAbiParameters(types, values));
  });

  it('is refused in any other encoding', () => {
    const log = logOf(receiptWith(anchoredLog(address('anchor'), LOG)));
    const changed = (at: number, byte: number): Uint8Array => log.data.with(at, byte);
    expect(() => decodeAnchored({ ...log, topics: log.topics.slice(1) })).toThrow('no log of the event');
    expect(() => decodeAnchored({ ...log, data: log.data.subarray(0, 100) })).toThrow('ends too soon');
    expect(() => decodeAnchored({ ...log, data: changed(0, 1) })).toThrow('32 bits');
    expect(() => decodeAnchored({ ...log, data: changed(128, 1) })).toThrow('160 bits');
    expect(() => decodeAnchored({ ...log, data: changed(191, 0xe0) })).toThrow('another encoding');
    expect(() => decodeAnchored({ ...log, data: changed(log.data.length - 1, 1) })).toThrow(
      'another encoding',
    );
    expect(() => decodeAnchored({ ...log, data: changed(223, 200) })).toThrow('another encoding');
    expect(() => decodeAnchored({ ...log, data: changed(224, 0xff) })).toThrow('not UTF-8');
  });
});

describe('proveLog', () => {
  const block = blockWith(anchoredLog(address('anchor'), LOG), { chainId: 31337, number: 5, others: 40 });

  it('finds the log by its place in the block', () => {
    const proof = proveLog(block, block.hash, block.logIndex);
    expect(proof).toMatchObject({ address: address('anchor'), transactionIndex: 20, position: 1 });
  });

  it('finds out a node that drops a receipt, alters one, or has another block', () => {
    const receipts = block.receipts as { [key: string]: unknown }[];
    const prove = (answers: object) => () => proveLog({ ...block, ...answers }, block.hash, block.logIndex);
    expect(prove({ receipts: receipts.slice(1) })).toThrow('the receipts give the root');
    expect(prove({ receipts: receipts.with(3, { ...receipts[3], logs: [] }) })).toThrow(
      'the receipts give the root',
    );
    expect(prove({ block: { ...(block.block as object), gasUsed: '0x1' } })).toThrow(
      'the header has the hash',
    );
    expect(prove({ block: null })).toThrow('the node has no block');
    expect(() => proveLog(block, block.hash, 4_000)).toThrow('none at 4000');
  });
});
