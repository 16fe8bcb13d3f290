import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  ANCHORED_TOPIC,
  encodeReceipt,
  encodeTransaction,
  indexTrie,
  readHeader,
  headerFields,
  sha256Hex,
  toHex,
  fromHex,
  type AnchoredLog,
  type BlockAnswers,
  type Hex,
} from '../src/index.js';

/** 32 bytes told apart by `label`. */
export function word(label: string): Hex {
  return sha256Hex(utf8ToBytes(label));
}

/** 20 bytes told apart by `label`. */
export function address(label: string): Hex {
  return word(label).slice(0, 42) as Hex;
}

const numberWord = (value: bigint | number): string => BigInt(value).toString(16).padStart(64, '0');

/** The log as TraceAnchor writes it, as a node answers it. */
export function anchoredLog(contract: Hex, log: AnchoredLog): object {
  const uri = utf8ToBytes(log.uri);
  const filled = concatBytes(uri, new Uint8Array((32 - (uri.length % 32)) % 32));
  const data = [
    numberWord(log.count),
    ...[log.prevHead, log.head, log.schemaId].map((value) => value.slice(2)),
    numberWord(BigInt(log.submitter)),
    numberWord(192),
    numberWord(uri.length),
    toHex(filled).slice(2),
  ];
  const topics = [
    ANCHORED_TOPIC,
    `0x${numberWord(BigInt(log.partner))}`,
    log.root,
    `0x${numberWord(log.seq)}`,
  ];
  return { address: contract, topics, data: `0x${data.join('')}` };
}

const BLOOM = `0x${'00'.repeat(256)}`;

function receipt(type: number, logs: readonly object[], position: number): Record<string, unknown> {
  return {
    type: `0x${type.toString(16)}`,
    status: '0x1',
    cumulativeGasUsed: `0x${(21_000 * (position + 1)).toString(16)}`,
    logsBloom: BLOOM,
    logs,
  };
}

function transaction(type: number, chainId: number, position: number): Record<string, unknown> {
  const v = type === 0 ? `0x${(35 + 2 * chainId).toString(16)}` : '0x0';
  return {
    ...{ type: `0x${type.toString(16)}`, chainId: `0x${chainId.toString(16)}`, v, yParity: '0x0' },
    ...{ nonce: `0x${position.toString(16)}`, gasPrice: '0x3b9aca00', maxFeePerGas: '0x3b9aca00' },
    ...{ maxPriorityFeePerGas: '0x1', gas: '0x5208', to: address('somebody'), value: '0x0', input: '0x12' },
    ...{ accessList: [], r: word(`r ${position}`), s: word(`s ${position}`) },
  };
}

/** A block, made up and consistent, of which one transaction logged `log`; others stand around it. */
export function blockWith(
  log: object,
  options: { chainId: number; number: number; others: number; stateRoot?: Hex },
): BlockAnswers & { hash: Hex; logIndex: number } {
  const { chainId, number, others, stateRoot = word(`state ${chainId} ${number}`) } = options;
  const place = Math.floor(others / 2);
  const noise = { address: address('token'), topics: [word('Transfer')], data: '0x01' };
  const receipts = Array.from({ length: others + 1 }, (_, position) =>
    receipt(position % 3, position === place ? [noise, log] : [noise], position),
  );
  const transactions = receipts.map((_, position) => transaction(position % 3, chainId, position));
  const header = {
    ...{
      parentHash: word('parent'),
      sha3Uncles: word('uncles'),
      miner: address('miner'),
      nonce: '0x0000000000000000',
    },
    stateRoot,
    transactionsRoot: indexTrie(transactions.map(encodeTransaction)).root,
    receiptsRoot: indexTrie(receipts.map(encodeReceipt)).root,
    ...{ logsBloom: BLOOM, difficulty: '0x0', number: `0x${number.toString(16)}`, gasLimit: '0x1c9c380' },
    ...{ gasUsed: '0x5208', timestamp: '0x68000000', extraData: '0x', mixHash: word('mix') },
    ...{
      baseFeePerGas: '0x7',
      withdrawalsRoot: word('withdrawals'),
      blobGasUsed: '0x0',
      excessBlobGas: '0x0',
    },
    ...{ parentBeaconBlockRoot: word('beacon'), requestsHash: word('requests') },
  };
  const { hash } = readHeader(headerFields(header));
  return { hash, block: { ...header, transactions }, receipts, logIndex: place + 1 };
}

/** The bytes of a hex text with one bit turned. */
export function flipBit(hex: Hex, bit: number): Hex {
  const bytes = fromHex(hex);
  const at = (bit >> 3) % Math.max(bytes.length, 1);
  bytes[at] = bytes[at]! ^ (1 << (bit & 7));
  return toHex(bytes);
}
