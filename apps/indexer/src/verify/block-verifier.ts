import { setImmediate } from 'node:timers/promises';
import type { Hex } from 'viem';
import { RefutedError, RetryError } from '../indexer.errors.js';
import type { EvidenceReader } from '../rpc/chain-reader.js';
import type { BlockEvidence, BlockHeader, RawLog } from '../rpc/raw-block.js';
import { EventBloom, type Signature } from './bloom.js';
import { differenceIn } from './check-block.js';

/** Which blocks are verified: none; a share of those with logs; every one. */
export type VerifyMode = 'off' | 'sample' | 'all';

/** Share of blocks that `sample` verifies, of those that hold logs of ours or, by their bloom, may. */
export const SAMPLE_RATE = 1 / 16;
/** Blocks whose receipts are held in memory at once. */
const BLOCKS_AT_ONCE = 10;

/** Holds what an endpoint answered to the hashes of its blocks. */
export class BlockVerifier {
  private readonly bloom: EventBloom;
  private readonly addresses: ReadonlySet<Hex>;
  /** Blocks verified by their receipts so far. */
  public verified = 0;

  /** @param chance a number from 0 to below 1 that no endpoint can foresee */
  public constructor(
    public readonly mode: Exclude<VerifyMode, 'off'>,
    signatures: readonly Signature[],
    addresses: readonly Hex[],
    private readonly chance: () => number,
  ) {
    this.bloom = new EventBloom(signatures);
    this.addresses = new Set(addresses);
  }

  /** Whether a block without logs has to show, by its header, that it holds none. */
  public get wantsEveryHeader(): boolean {
    return this.mode === 'all';
  }

  /** Whether a block will be proven for certain, as anybody may know; what `sample` proves nobody may know before. */
  public provesForCertain(logsBloom: Hex | undefined): boolean {
    return this.mode === 'all' && this.bloom.mayHold(logsBloom ?? '0x');
  }

  /**
   * Checks logs and headers of a range that one endpoint gave.
   *
   * @param headers ascending
   * @param evidenceOf where proof of blocks is from
   * @throws RefutedError when the endpoint contradicts its own hashes; RetryError when the chain changed meanwhile
   */
  public async verify(
    reader: EvidenceReader,
    headers: readonly BlockHeader[],
    logs: readonly RawLog[],
    evidenceOf: EvidenceReader['evidence'] = (some) => reader.evidence(some),
  ): Promise<void> {
    const byBlock = new Map<number, RawLog[]>(headers.map(({ number }) => [number, []]));
    await this.follows(reader, headers);
    for (const log of logs) {
      const ofBlock = byBlock.get(log.blockNumber);
      if (!ofBlock) throw new RefutedError(reader.name, log.blockNumber, 'a log that was not asked for');
      ofBlock.push(log);
    }
    const suspects = headers.filter(
      ({ number, logsBloom }) => byBlock.get(number)?.length || this.bloom.mayHold(logsBloom ?? '0x'),
    );
    const chosen = this.mode === 'all' ? suspects : suspects.filter(() => this.chance() < SAMPLE_RATE);
    for await (const [some, evidence] of evidenceAhead(evidenceOf, chosen))
      await this.prove(reader, some, evidence, byBlock);
  }

  private async prove(
    reader: EvidenceReader,
    headers: readonly BlockHeader[],
    evidence: readonly BlockEvidence[],
    logs: ReadonlyMap<number, readonly RawLog[]>,
  ): Promise<void> {
    for (const [index, header] of headers.entries()) {
      // Proving is computing only: what was asked for ahead, and the probes, get their turn between blocks.
      await setImmediate();
      const ofBlock = logs.get(header.number) ?? [];
      const stray = ofBlock.find(({ blockHash }) => blockHash !== header.hash);
      const proof = evidence[index] ?? { block: null, receipts: null };
      const difference = stray
        ? `log ${stray.logIndex} is of block ${stray.blockHash}`
        : differenceIn(header, proof, ofBlock, this.addresses);
      if (difference !== undefined) await refute(reader, [header], difference);
      this.verified++;
    }
  }

  private async follows(reader: EvidenceReader, headers: readonly BlockHeader[]): Promise<void> {
    for (const [index, header] of headers.entries()) {
      const before = headers[index - 1];
      if (before && before.number === header.number - 1 && before.hash !== header.parentHash)
        await refute(reader, [header, before], `it does not follow block ${before.number} ${before.hash}`);
    }
  }
}

/** Fetches what proves some blocks while those before are being proven. */
async function* evidenceAhead(
  evidenceOf: EvidenceReader['evidence'],
  headers: readonly BlockHeader[],
): AsyncGenerator<[BlockHeader[], BlockEvidence[]]> {
  const fetch = (start: number): [BlockHeader[], Promise<BlockEvidence[]>] => {
    const some = headers.slice(start, start + BLOCKS_AT_ONCE);
    const evidence = some.length > 0 ? evidenceOf(some) : Promise.resolve([]);
    // A failure is seen when its turn comes; until then it must not count as unhandled.
    evidence.catch(() => undefined);
    return [some, evidence];
  };
  let next = fetch(0);
  for (let start = BLOCKS_AT_ONCE; next[0].length > 0; start += BLOCKS_AT_ONCE) {
    const [some, evidence] = next;
    const given = await evidence;
    next = fetch(start);
    yield [some, given];
  }
}

/** A reorganisation between two questions looks like a lie: only an endpoint that still says the same is refuted. */
async function refute(
  reader: EvidenceReader,
  headers: readonly [BlockHeader, ...BlockHeader[]],
  difference: string,
): Promise<never> {
  const now = await reader.headers(headers.map(({ number }) => number));
  const [{ number }] = headers;
  if (now.some(({ hash }, index) => hash !== headers[index]?.hash))
    throw new RetryError('CHAIN_MOVED', `block ${number} changed while it was verified`);
  throw new RefutedError(reader.name, number, difference);
}
