import type { EndpointScore } from '../rpc/endpoint.js';
import type { BlockHeader } from '../rpc/raw-block.js';

/** What the indexer is doing. */
export type IndexerState = 'STARTING' | 'STANDBY' | 'BACKFILLING' | 'FOLLOWING' | 'RETRYING' | 'STOPPED';

/** A picture of the indexer for people and probes; times in seconds. */
export interface StatusReport {
  readonly state: IndexerState;
  readonly chainId: number;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  readonly headNumber: number | null;
  readonly lagBlocks: number | null;
  readonly lagSeconds: number | null;
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
  private factsWritten = 0;
  private blocksIndexed = 0;
  private commits = 0;
  private rollbacks = 0;
  private lastProblem: string | undefined;
  private pool: { scores(): EndpointScore[] } | undefined;
  private verifier: { readonly verified: number } | undefined;

  public constructor(
    private readonly chainId: number,
    private readonly nowMs: () => number,
  ) {}

  /** The loop runs; a standby is doing its job. */
  public get healthy(): boolean {
    return this.state !== 'STOPPED';
  }

  /** The index is at the head, or another process keeps it there. */
  public get ready(): boolean {
    return this.state === 'FOLLOWING' || this.state === 'STANDBY';
  }

  /** Names the parts that keep their own record. */
  public watch(pool: { scores(): EndpointScore[] }, verifier?: { readonly verified: number }): void {
    this.pool = pool;
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
    this.saw(block, head);
  }

  public rolledBack(block: BlockHeader, head: BlockHeader): void {
    this.rollbacks++;
    this.saw(block, head);
  }

  public saw(block: BlockHeader, head: BlockHeader): void {
    this.block = block;
    this.head = head;
  }

  public report(): StatusReport {
    const { block, head } = this;
    const lagBlocks = block && head ? Math.max(0, head.number - block.number) : null;
    return {
      state: this.state,
      chainId: this.chainId,
      blockNumber: block?.number ?? null,
      blockHash: block?.hash ?? null,
      headNumber: head?.number ?? null,
      lagBlocks,
      lagSeconds: block ? Math.max(0, Math.round(this.nowMs() / 1_000) - block.timestamp) : null,
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
