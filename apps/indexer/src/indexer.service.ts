import type { Config, Logger } from '@tallyhouse/config';
import type { Deployment } from '@tallyhouse/chain';
import { Follower, type Progress } from './head/follow.js';
import { openIndex, startBlock } from './head/open-index.js';
import { RetryError } from './indexer.errors.js';
import { FactDecoder } from './protocols/decode.js';
import { protocols } from './protocols/index.js';
import type { ChainReader } from './rpc/chain-reader.js';
import type { IndexerStatus } from './status/indexer-status.js';
import { FactStore } from './store/fact-store.js';
import { Session } from './store/session.js';
import { Backoff, Pause } from './pause.js';

const STANDBY_INTERVAL_MS = 1_000;

/** Keeps one chain's index at the head until told to stop. Of several, one writes and the others stand by. */
export class IndexerService {
  private readonly pause = new Pause();
  private readonly backoff = new Backoff();
  private session: Session | undefined;
  private running: Promise<void> | undefined;

  public constructor(
    private readonly config: Pick<Config, 'databaseUrl' | 'pollIntervalMs'>,
    private readonly deployment: Deployment,
    private readonly reader: ChainReader,
    private readonly status: IndexerStatus,
    private readonly logger: Logger,
  ) {}

  /** Runs until {@link stop}. @throws StopError, or anything unforeseen, when trying again would not help */
  public run(onReady: () => void = () => undefined): Promise<void> {
    this.running ??= this.loop(onReady).finally(() => this.status.become('STOPPED'));
    return this.running;
  }

  /** Ends after the commit in progress. */
  public async stop(): Promise<void> {
    this.pause.end();
    await this.running?.catch(() => undefined);
  }

  private async loop(onReady: () => void): Promise<void> {
    try {
      while (!this.pause.ended) await this.attempt(onReady);
    } finally {
      await this.session?.close();
    }
  }

  private async attempt(onReady: () => void): Promise<void> {
    try {
      if (!this.session?.usable)
        this.session = await Session.open(this.config.databaseUrl, this.deployment.chainId);
      if (this.session) await this.follow(this.session, onReady);
      else await this.standBy(onReady);
    } catch (error) {
      if (!(error instanceof RetryError)) throw error;
      const delayMs = this.backoff.nextMs();
      this.status.become('RETRYING', error.message);
      this.logger.warn({ event: 'retry', code: error.code, problem: error.message, delayMs });
      await this.pause.for(delayMs);
    }
  }

  private async standBy(onReady: () => void): Promise<void> {
    if (this.status.report().state !== 'STANDBY') this.logger.info({ event: 'standby' });
    this.status.become('STANDBY');
    onReady();
    await this.pause.for(STANDBY_INTERVAL_MS);
  }

  private async follow(session: Session, onReady: () => void): Promise<void> {
    const { chainId } = this.deployment;
    const store = new FactStore(session, chainId);
    const checkpoint = await openIndex(this.reader, store, this.deployment, protocols);
    const context = { reader: this.reader, store, chainId, startBlock: startBlock(this.deployment) };
    const decoder = new FactDecoder(protocols, this.deployment);
    const follower = new Follower(context, decoder, checkpoint, () => this.pause.ended);
    this.logger.info({ event: 'leading', chainId, blockNumber: checkpoint.block.number });
    this.status.become('BACKFILLING');
    while (!this.pause.ended) {
      const progress = await follower.advance((each) => this.committed(each));
      this.backoff.reset();
      if (progress.rolledBackFrom) this.rolledBack(progress, progress.rolledBackFrom.number);
      else await this.atHead(store, progress, onReady);
    }
  }

  private async atHead(store: FactStore, progress: Progress, onReady: () => void): Promise<void> {
    this.status.saw(progress.block, progress.head);
    await store.seeHead(progress.head.number);
    this.status.become('FOLLOWING');
    onReady();
    await this.pause.for(this.config.pollIntervalMs);
  }

  private committed({ block, head, facts }: Progress): void {
    this.status.committed(block, head, facts);
    this.logger.debug({ event: 'committed', blockNumber: block.number, head: head.number, facts });
  }

  private rolledBack({ block, head }: Progress, from: number): void {
    this.status.rolledBack(block, head);
    this.logger.warn({ event: 'rolled-back', from, to: block.number });
  }
}
