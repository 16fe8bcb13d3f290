import type { Config, Logger } from '@tallyhouse/config';
import type { Deployment } from '@tallyhouse/chain';
import { Follower, type Progress } from './head/follow.js';
import { openIndex, startBlock } from './head/open-index.js';
import { RangeSource } from './backfill/range-source.js';
import { RefutedError, RetryError, StopError } from './indexer.errors.js';
import { FactDecoder } from './protocols/decode.js';
import { protocols } from './protocols/index.js';
import { BENCH_MS, type EndpointPool } from './rpc/endpoint-pool.js';
import type { IndexerStatus } from './status/indexer-status.js';
import { FactStore } from './store/fact-store.js';
import { Session } from './store/session.js';
import { BlockVerifier } from './verify/block-verifier.js';
import { Backoff, Pause } from './pause.js';

const STANDBY_INTERVAL_MS = 1_000;
/** How often in a row every endpoint may be refuted before a person has to look. */
const REFUTATIONS = 5;

/** Keeps one chain's index at the head until told to stop. Of several, one writes and the others stand by. */
export class IndexerService {
  private readonly pause = new Pause();
  private readonly backoff = new Backoff();
  private session: Session | undefined;
  private running: Promise<void> | undefined;
  private refutations = 0;
  private readonly decoder: FactDecoder;
  private readonly source: RangeSource;

  /** @param chance a number from 0 to below 1 that nobody can foresee; it chooses the blocks of `sample` */
  public constructor(
    private readonly config: Pick<Config, 'databaseUrl' | 'pollIntervalMs' | 'indexVerify'>,
    private readonly deployment: Deployment,
    private readonly reader: EndpointPool,
    private readonly status: IndexerStatus,
    private readonly logger: Logger,
    chance: () => number,
  ) {
    const { addresses, signatures } = (this.decoder = new FactDecoder(protocols, deployment));
    const mode = config.indexVerify;
    const verifier = mode === 'off' ? undefined : new BlockVerifier(mode, signatures, addresses, chance);
    this.source = new RangeSource(reader, addresses, verifier);
    status.watch(reader, verifier);
    reader.onBench = ({ endpoint, blockNumber, difference }) =>
      logger.error({ event: 'endpoint-benched', endpoint, blockNumber, difference, forMs: BENCH_MS });
  }

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
      if (error instanceof RefutedError && ++this.refutations >= REFUTATIONS) throw noneHonest(error);
      const delayMs = Math.max(this.backoff.nextMs(), error.retryAfterMs ?? 0);
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
    const stopping = (): boolean => this.pause.ended;
    const follower = new Follower(context, this.source, this.decoder, checkpoint, stopping);
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

  private committed({ block, head, facts, blocks }: Progress): void {
    this.refutations = 0;
    this.status.committed(block, head, facts, blocks);
    this.logger.debug({ event: 'committed', blockNumber: block.number, head: head.number, facts });
  }

  private rolledBack({ block, head }: Progress, from: number): void {
    this.status.rolledBack(block, head);
    this.logger.warn({ event: 'rolled-back', from, to: block.number });
  }
}

function noneHonest(cause: RefutedError): StopError {
  return new StopError(
    'NO_HONEST_ENDPOINT',
    `no endpoint of RPC_URLS gives blocks that hold (${cause.endpoint}, block ${cause.blockNumber}: ${cause.difference})`,
    'add an endpoint of another provider to RPC_URLS; if all say the same, the chain hashes its blocks in another ' +
      'way than Ethereum: set INDEX_VERIFY=off',
    { cause },
  );
}
