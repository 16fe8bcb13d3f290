import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { IndexStatusReader, type IndexStatusRow } from '@tallyhouse/supply-chain';
import { FreshnessError, LimitError } from '../errors/api.errors.js';
import { DEPLOYMENT } from '../http/deployment.provider.js';

/** All who wait look at the checkpoint together, so often. */
const LOOK_INTERVAL_MS = 50;
const MOST_WAITING = 500;

/** Waits for blocks to be indexed. However many wait, the database is asked once an interval. */
@Injectable()
export class IndexWaiter {
  private looking: Promise<IndexStatusRow | undefined> | undefined;
  private waiting = 0;

  public constructor(
    private readonly status: IndexStatusReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** The block that whatever is read from now on is at least of. */
  public now(): Promise<IndexStatusRow | undefined> {
    return this.status.checkpoint(this.deployment.chainId);
  }

  /**
   * @throws FreshnessError `INDEX_BEHIND` when the block is not indexed within `timeoutMs`; LimitError when too many
   * wait already
   */
  public async until(number: number, timeoutMs: number): Promise<void> {
    if (this.waiting >= MOST_WAITING)
      throw new LimitError(
        'TOO_MANY_WAITING',
        `${MOST_WAITING} queries wait for a block already: ask again later`,
      );
    this.waiting++;
    try {
      await this.wait(number, timeoutMs);
    } finally {
      this.waiting--;
    }
  }

  private async wait(number: number, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let at = await this.now();
    while (!at || Number(at.blockNumber) < number) {
      if (performance.now() >= deadline) throw behind(number, timeoutMs, at);
      at = await this.look();
    }
  }

  private look(): Promise<IndexStatusRow | undefined> {
    this.looking ??= (async () => {
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
      this.looking = undefined;
      return this.now();
    })();
    return this.looking;
  }
}

function behind(number: number, timeoutMs: number, at: IndexStatusRow | undefined): FreshnessError {
  const stands = at
    ? `the index holds block ${at.blockNumber} of ${at.headNumber}`
    : 'nothing is indexed yet';
  const advice =
    'ask again, with a longer timeoutMs (30,000 at most), or without @minBlock for what is there';
  return new FreshnessError(`block ${number} was not indexed within ${timeoutMs} ms: ${stands}; ${advice}`);
}
