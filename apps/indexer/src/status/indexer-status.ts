import type { FeedState } from '../head/head-feed.js';
import { Pace, type PaceReport } from '../backfill/pace.js';
import type { EndpointScore } from '../rpc/endpoint.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { FinalBlock } from '../store/checkpoint.js';

/** What the indexer is doing. */
export type IndexerState = 'STARTING' | 'STANDBY' | 'BACKFILLING' | 'FOLLOWING' | 'RETRYING' | 'STOPPED';

/** A picture of the indexer for people and probes; times in seconds. */
export interface StatusReport {
  readonly state: IndexerState;
  readonly chainId: number;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  readonly headNumber: number | null;
  /** Highest block that the chain does not take back any more; null before one is known. */
  readonly finalNumber: number | null;
  /** Whether new heads are told to it, or it has to look. */
  readonly feed: FeedState;
  /** Null while another process leads: what this one saw when it led is no longer so. */
  readonly lagBlocks: number | null;
  /** Null as above. */
  readonly lagSeconds: number | null;
  /** While more than one block is fetched at a time; null at the head. */
  readonly pace: PaceReport | null;
  readonly factsWritten: number;
  readonly blocksIndexed: number;
  readonly commits: number;
  readonly rollbacks: number;
  /** Blocks proven by their receipts; null when none are to be. */
  readonly blocksVerified: number | null;
  readonly endpoints: readonly EndpointScore[];
  readonly lastProblem: string | null;
}

/** Collects what the loop reports. */
export class IndexerStatus {
  private state: IndexerState = 'STARTING';
  private block: BlockHeader | undefined;
  private head: BlockHeader | undefined;
  private final: FinalBlock | undefined;
  private feed: { readonly state: FeedState } | undefined;
  private factsWritten = 0;
  private blocksIndexed = 0;
  private commits = 0;
  private rollbacks = 0;
  private lastProblem: string | undefined;
  private readonly pace: Pace;
  private pool: { scores(): EndpointScore[] } | undefined;
  private verifier: { readonly verified: number } | undefined;

  public constructor(
    public readonly chainId: number,
    private readonly nowMs: () => number,
  ) {
    this.pace = new Pace(nowMs);
  }

  /** The loop runs; a standby is doing its job. */
  public get healthy(): boolean {
    return this.state !== 'STOPPED';
  }

  /** The index is at the head, or another process keeps it there. */
  public get ready(): boolean {
    return this.state === 'FOLLOWING' || this.state === 'STANDBY';
  }

  /** Names the parts that keep their own record. */
  public watch(
    pool: { scores(): EndpointScore[] },
    feed?: { readonly state: FeedState },
    verifier?: { readonly verified: number },
  ): void {
    this.pool = pool;
    this.feed = feed;
    this.verifier = verifier;
  }

  public become(state: IndexerState, problem?: string): void {
    this.state = state;
    if (problem !== undefined) this.lastProblem = problem;
  }

  /** @param blocks how many the commit moved the index on by */
  public committed(block: BlockHeader, head: BlockHeader, facts: number, blocks: number): void {
    this.commits++;
    this.factsWritten += facts;
    this.blocksIndexed += blocks;
    this.pace.committed(facts, blocks);
    this.saw(block, head);
  }

  public rolledBack(block: BlockHeader, head: BlockHeader): void {
    this.rollbacks++;
    this.final = undefined;
    this.saw(block, head);
  }

  public saw(block: BlockHeader, head: BlockHeader, final = this.final): void {
    this.block = block;
    this.head = head;
    this.final = final;
  }

  public report(): StatusReport {
    const { block, head } = this;
    const leads = this.state !== 'STANDBY';
    const lagBlocks = leads && block && head ? Math.max(0, head.number - block.number) : null;
    return {
      state: this.state,
      chainId: this.chainId,
      blockNumber: block?.number ?? null,
      blockHash: block?.hash ?? null,
      headNumber: head?.number ?? null,
      finalNumber: this.final?.number ?? null,
      feed: this.feed?.state ?? 'OFF',
      lagBlocks,
      lagSeconds: leads && block ? Math.max(0, Math.round(this.nowMs() / 1_000) - block.timestamp) : null,
      pace: (this.state === 'BACKFILLING' && this.pace.report(lagBlocks ?? 0)) || null,
      factsWritten: this.factsWritten,
      blocksIndexed: this.blocksIndexed,
      commits: this.commits,
      rollbacks: this.rollbacks,
      blocksVerified: this.verifier?.verified ?? null,
      endpoints: this.pool?.scores() ?? [],
      lastProblem: this.lastProblem ?? null,
    };
  }
}
