import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { IndexStatusReader } from '@tallyhouse/supply-chain';
import { DEPLOYMENT } from '../http/deployment.provider.js';

/** How far the index is, or why nothing should be asked of this process. */
export type Standing =
  | { readonly status: 'ready'; readonly blockNumber: string; readonly lagSeconds: number }
  | { readonly status: 'unready'; readonly reason: string };

/**
 * Whether this api should be given requests: the database answers, holds an index of the chain, and the process is not
 * ending. A chain that is away is the indexer's to tell: what is indexed can still be read, and `lagSeconds` says how old
 * it is.
 */
@Injectable()
export class Readiness {
  private ending = false;

  public constructor(
    private readonly status: IndexStatusReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** From now on it is not ready, whatever happens. */
  public end(): void {
    this.ending = true;
  }

  public async standing(): Promise<Standing> {
    if (this.ending) return { status: 'unready', reason: 'the process is ending' };
    const { chainId } = this.deployment;
    const checkpoint = await this.status.checkpoint(chainId).catch(() => null);
    if (checkpoint === null) return { status: 'unready', reason: 'the database does not answer' };
    if (!checkpoint) return { status: 'unready', reason: 'nothing of the chain is indexed yet' };
    const { blockNumber, lagSeconds } = checkpoint;
    return { status: 'ready', blockNumber, lagSeconds };
  }
}
