import {
  encodeReceipt,
  encodeTransaction,
  headerFields,
  indexTrie,
  keccak256,
  readHeader,
} from '@tallyhouse/proofs';
import type { Hex } from 'viem';
import type { BlockEvidence, BlockHeader, RawLog } from '../rpc/raw-block.js';
import { unionOfBlooms } from './bloom.js';

/** Root of a trie without entries: keccak256 of the RLP of an empty text. */
const EMPTY_ROOT = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';
/** The last transaction type that is known here; others occur on some second layers. */
const LAST_TYPE = 4;

type Answer = Readonly<Record<string, unknown>>;

/**
 * Holds logs to the hash of their block: header → receipts root → receipts → logs, and header → transactions root →
 * hash of each log's transaction.
 *
 * @returns what differs, undefined when all is proven. Of a block with transactions of unknown type the transactions'
 * hashes are taken as the endpoint gives them
 */
export function differenceIn(
  header: BlockHeader,
  { block, receipts }: BlockEvidence,
  logs: readonly RawLog[],
  addresses: ReadonlySet<Hex>,
): string | undefined {
  if (typeof block !== 'object' || block === null) return 'the block is withheld';
  if (!Array.isArray(receipts)) return 'the receipts are withheld';
  const whole = block as Answer & { transactions?: unknown };
  const answers = receipts as Answer[];
  const transactions = (Array.isArray(whole.transactions) ? whole.transactions : []) as Answer[];
  try {
    return (
      differenceInHeader(header, whole) ??
      differenceInReceipts(whole, answers) ??
      differenceInTransactions(whole, transactions, answers) ??
      differenceInLogs(logs, logsOf(answers, transactions, addresses))
    );
  } catch (error) {
    return `an answer cannot be read (${error instanceof Error ? error.message : 'unknown'})`;
  }
}

function differenceInHeader(header: BlockHeader, block: Answer): string | undefined {
  const { hash, number, timestamp } = readHeader(headerFields(block));
  if (hash !== header.hash) return `the header hashes to ${hash}, not to ${header.hash}`;
  if (Number(number) !== header.number || Number(timestamp) !== header.timestamp)
    return 'number or time are not those of the header';
  return undefined;
}

function differenceInReceipts(block: Answer, receipts: readonly Answer[]): string | undefined {
  const root = rootOf(receipts.map(encodeReceipt));
  if (root !== lower(block['receiptsRoot']))
    return `the receipts give the root ${root}, not ${lower(block['receiptsRoot'])}`;
  const bloom = unionOfBlooms(receipts.map((receipt) => String(receipt['logsBloom'])));
  return bloom === lower(block['logsBloom']) ? undefined : 'the logsBloom is not that of the receipts';
}

function differenceInTransactions(
  block: Answer,
  transactions: readonly Answer[],
  receipts: readonly Answer[],
): string | undefined {
  if (transactions.length !== receipts.length)
    return `${transactions.length} transactions, but ${receipts.length} receipts`;
  // The receipts are proven, so their types are.
  if (receipts.some((receipt) => Number(receipt['type'] ?? 0) > LAST_TYPE)) return undefined;
  const encoded = transactions.map(encodeTransaction);
  const root = rootOf(encoded);
  if (root !== lower(block['transactionsRoot']))
    return `the transactions give the root ${root}, not ${lower(block['transactionsRoot'])}`;
  const wrong = encoded.findIndex((each, index) => keccak256(each) !== lower(transactions[index]?.['hash']));
  return wrong < 0 ? undefined : `transaction ${wrong} has another hash`;
}

/** Logs of the wanted contracts by their position in the block. */
function logsOf(
  receipts: readonly Answer[],
  transactions: readonly Answer[],
  addresses: ReadonlySet<Hex>,
): Map<number, Answer & { transactionHash: string }> {
  const logs = new Map<number, Answer & { transactionHash: string }>();
  let logIndex = 0;
  for (const [index, receipt] of receipts.entries())
    for (const log of receipt['logs'] as Answer[]) {
      if (addresses.has(lower(log['address']) as Hex))
        logs.set(logIndex, { ...log, transactionHash: lower(transactions[index]?.['hash']) });
      logIndex++;
    }
  return logs;
}

function differenceInLogs(
  given: readonly RawLog[],
  proven: Map<number, Answer & { transactionHash: string }>,
): string | undefined {
  for (const log of given) {
    const genuine = proven.get(log.logIndex);
    if (!genuine) return `log ${log.logIndex} is invented`;
    proven.delete(log.logIndex);
    if (lower(genuine['address']) !== log.address) return `log ${log.logIndex} is of another contract`;
    if (lower((genuine['topics'] as string[]).join()) !== log.topics.join())
      return `log ${log.logIndex} has other topics`;
    if (lower(genuine['data']) !== log.data) return `log ${log.logIndex} has other data`;
    if (genuine.transactionHash !== log.transactionHash)
      return `log ${log.logIndex} is of another transaction`;
  }
  const [missing] = proven.keys();
  return missing === undefined ? undefined : `log ${missing} is left out`;
}

function rootOf(values: readonly Uint8Array[]): string {
  return values.length === 0 ? EMPTY_ROOT : indexTrie(values).root;
}

function lower(hex: unknown): string {
  return String(hex).toLowerCase();
}
