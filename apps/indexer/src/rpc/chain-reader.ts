import { headerFields, readHeader } from '@tallyhouse/proofs';
import { numberToHex, type Hex, type RpcBlock, type RpcLog } from 'viem';
import { MissingBlockError, RefutedError, RetryError } from '../indexer.errors.js';
import type { JsonRpc, RpcRequest } from './json-rpc.js';
import { parseHeader, parseLog } from './parse.js';
import type { BlockEvidence, BlockHeader, HeadAndMore, RawLog, ToldHead } from './raw-block.js';
import { RpcFailure } from './rpc-failure.js';
import { wellFormed } from './well-formed.js';

/** Pause after a rate limit that names none. */
const PAUSE_MS = 1_000;

/** What the pipeline asks of a chain. */
export interface ChainReader {
  chainId(): Promise<number>;
  latest(): Promise<BlockHeader>;
  /** @returns undefined when the chain has no such block */
  header(number: number): Promise<BlockHeader | undefined>;
  /** @throws RetryError when one is missing */
  headers(numbers: readonly number[]): Promise<BlockHeader[]>;
  /** @returns undefined when the node refuses so many blocks or logs at once */
  logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined>;
  /** Logs of one block, by its hash. @throws RetryError when the node does not have this block */
  logsOf(addresses: readonly Hex[], block: BlockHeader): Promise<RawLog[]>;
  /** @returns undefined when the node knows no such tag */
  tagged(tag: 'finalized' | 'safe'): Promise<BlockHeader | undefined>;
  /** Code at an address, at the head or after a block; `0x` where there is none. */
  code(address: Hex, number?: number): Promise<Hex>;
}

/** What verification asks of one endpoint. */
export interface EvidenceReader extends ChainReader {
  /** How messages name the endpoint. */
  readonly name: string;
  /** Blocks and receipts of these headers, in their order; unchecked. */
  evidence(headers: readonly BlockHeader[]): Promise<BlockEvidence[]>;
  /** The head, and in the same request logs and, if wanted, proof of a block that is thought to be it. */
  latestWith(addresses: readonly Hex[], told: ToldHead, proven: boolean): Promise<HeadAndMore>;
}

/** Reads one endpoint. Everything that fails for want of a connection is a {@link RetryError}. */
export class RpcChainReader implements EvidenceReader {
  private givesReceiptsOfBlocks = true;

  /** @param checksHashes whether the hash of every header is computed anew */
  public constructor(
    private readonly rpc: Pick<JsonRpc, 'call' | 'callAll' | 'callEach'>,
    public readonly name = 'the node',
    private readonly checksHashes = false,
  ) {}

  public async chainId(): Promise<number> {
    return Number(await this.ask(() => this.rpc.call('eth_chainId')));
  }

  public async latest(): Promise<BlockHeader> {
    return this.headOf(await this.ask(() => this.rpc.call('eth_getBlockByNumber', ['latest', false])));
  }

  public async latestWith(
    addresses: readonly Hex[],
    { number, hash }: ToldHead,
    proven: boolean,
  ): Promise<HeadAndMore> {
    const proof: RpcRequest[] = [
      ['eth_getBlockByHash', [hash, true]],
      ['eth_getBlockReceipts', [numberToHex(number)]],
    ];
    const asked: RpcRequest[] = [
      ['eth_getBlockByNumber', ['latest', false]],
      ['eth_getLogs', [{ address: [...addresses], blockHash: hash }]],
      ...(proven && this.givesReceiptsOfBlocks ? proof : []),
    ];
    const answers = await this.ask(() => this.rpc.callEach(asked));
    const [latest, logs, block, receipts] = answers;
    if (latest instanceof RpcFailure) throw unavailable(latest);
    const head = this.headOf(latest);
    // Of another block, or refused: whoever needs it asks for it by itself.
    if (head.hash !== hash || answers.some((answer) => answer instanceof RpcFailure)) return { head };
    return { head, logs: parseLogs(logs), ...(block && receipts ? { evidence: { block, receipts } } : {}) };
  }

  public async header(number: number): Promise<BlockHeader | undefined> {
    const params = [numberToHex(number), false];
    return this.parse(await this.ask(() => this.rpc.call('eth_getBlockByNumber', params)), number);
  }

  public async headers(numbers: readonly number[]): Promise<BlockHeader[]> {
    const calls = numbers.map((each) => ['eth_getBlockByNumber', [numberToHex(each), false]] as const);
    const blocks = await this.ask(() => this.rpc.callAll(calls));
    return numbers.map((number, index) => {
      const header = this.parse(blocks[index], number);
      if (!header) throw new MissingBlockError(number);
      return header;
    });
  }

  public async logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined> {
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    try {
      const logs = await this.rpc.call('eth_getLogs', [{ address: [...addresses], ...range }]);
      return parseLogs(logs);
    } catch (cause) {
      if (cause instanceof RetryError) throw cause;
      const kind = cause instanceof RpcFailure ? cause.kind : undefined;
      if (from < to && (kind === 'TOO_MUCH' || kind === 'TIMEOUT')) return undefined;
      throw unavailable(cause);
    }
  }

  public async logsOf(addresses: readonly Hex[], block: BlockHeader): Promise<RawLog[]> {
    const filter = { address: [...addresses], blockHash: block.hash };
    return parseLogs(await this.ask(() => this.rpc.call('eth_getLogs', [filter])));
  }

  public async tagged(tag: 'finalized' | 'safe'): Promise<BlockHeader | undefined> {
    try {
      return this.parse(await this.rpc.call('eth_getBlockByNumber', [tag, false]));
    } catch (cause) {
      if (cause instanceof RpcFailure && /REFUSED|UNSUPPORTED/.test(cause.kind)) return undefined;
      throw cause instanceof RetryError ? cause : unavailable(cause);
    }
  }

  public async code(address: Hex, number?: number): Promise<Hex> {
    const at = number === undefined ? 'latest' : numberToHex(number);
    return (await this.ask(() => this.rpc.call('eth_getCode', [address, at]))) as Hex;
  }

  public async evidence(headers: readonly BlockHeader[]): Promise<BlockEvidence[]> {
    const calls = headers.map(({ hash }) => ['eth_getBlockByHash', [hash, true]] as const);
    const asked = this.ask(() => this.rpc.callAll(calls));
    const [blocks, receipts] = await Promise.all([asked, this.receipts(headers, asked)]);
    return blocks.map((block, index) => ({ block, receipts: receipts[index] }));
  }

  /** Endpoints without `eth_getBlockReceipts` are asked for the receipt of each transaction. */
  private async receipts(
    headers: readonly BlockHeader[],
    blocks: Promise<readonly unknown[]>,
  ): Promise<unknown[]> {
    if (this.givesReceiptsOfBlocks)
      try {
        const calls = headers.map(({ number }) => ['eth_getBlockReceipts', [numberToHex(number)]] as const);
        return await this.rpc.callAll(calls);
      } catch (cause) {
        if (!(cause instanceof RpcFailure) || cause.kind !== 'UNSUPPORTED') throw unavailable(cause);
        this.givesReceiptsOfBlocks = false;
      }
    const ofBlock = (block: unknown): Promise<unknown> =>
      this.ask(() =>
        this.rpc.callAll(transactionHashes(block).map((hash) => ['eth_getTransactionReceipt', [hash]])),
      );
    return Promise.all((await blocks).map(ofBlock));
  }

  private headOf(latest: unknown): BlockHeader {
    const block = this.parse(latest);
    if (!block) throw new RetryError('RPC_UNAVAILABLE', 'the node has no latest block');
    return block;
  }

  private parse(block: unknown, wanted?: number): BlockHeader | undefined {
    if (block === null) return undefined;
    const header = wellFormed(
      () => parseHeader(block as RpcBlock),
      ({ number, timestamp }) => [number, timestamp],
    );
    if (!this.checksHashes) return header;
    const number = wanted ?? header.number;
    if (header.number !== number)
      throw new RefutedError(this.name, number, `the header is of block ${header.number}`);
    const hash = hashOf(block);
    if (hash !== header.hash)
      throw new RefutedError(this.name, number, `the header hashes to ${hash}, not to ${header.hash}`);
    return header;
  }

  private async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

function parseLogs(logs: unknown): RawLog[] {
  return wellFormed(
    () => (logs as RpcLog[]).map(parseLog),
    (parsed) => parsed.flatMap(({ blockNumber, logIndex }) => [blockNumber, logIndex]),
  );
}

function hashOf(block: unknown): string {
  try {
    return readHeader(headerFields(block as Record<string, unknown>)).hash;
  } catch (error) {
    return `nothing (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

function transactionHashes(block: unknown): string[] {
  const { transactions } = (block ?? {}) as { transactions?: { hash: string }[] };
  return (transactions ?? []).map(({ hash }) => hash);
}

function unavailable(cause: unknown): RetryError {
  const said = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown failure';
  const limited = cause instanceof RpcFailure && cause.kind === 'RATE_LIMITED';
  const retryAfterMs = limited ? (cause.retryAfterMs ?? PAUSE_MS) : undefined;
  return new RetryError('RPC_UNAVAILABLE', `the chain could not be read (${said})`, { cause, retryAfterMs });
}
