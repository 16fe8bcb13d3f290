import type { ChainConfig, Logger } from '@tallyhouse/config';
import type { Deployment } from '@tallyhouse/chain';
import { lowestBlock, refuseMissingContracts } from './head/contracts.js';
import { Finality } from './head/finality.js';
import { Follower, type Progress } from './head/follow.js';
import { HeadFeed } from './head/head-feed.js';
import { HeadWatch } from './head/head-watch.js';
import { NextBlock } from './head/next-block.js';
import { openIndex } from './head/open-index.js';
import { RangeSource } from './backfill/range-source.js';
import { RefutedError, RetryError, StopError } from './indexer.errors.js';
import { FactDecoder } from './protocols/decode.js';
import { protocols } from './protocols/index.js';
import { BENCH_MS, type EndpointPool } from './rpc/endpoint-pool.js';
import type { ReorgContext } from './reorg/reorg.js';
import type { IndexerStatus } from './status/indexer-status.js';
import type { Checkpoint } from './store/checkpoint.js';
import { FactStore } from './store/fact-store.js';
import { Session } from './store/session.js';
import { BlockVerifier } from './verify/block-verifier.js';
import { Backoff, Pause } from './pause.js';

const PACE_INTERVAL_MS = 5_000;
const STANDBY_INTERVAL_MS = 1_000;
/** How often in a row every endpoint may be refuted before a person has to look. */
const REFUTATIONS = 5;

/** What one chain's indexer has to be told; without feed and rule the head is polled and the node's tag is final. */
export type IndexerSettings = Pick<ChainConfig, 'pollIntervalMs' | 'indexVerify'> &
  Partial<Pick<ChainConfig, 'rpcWsUrls' | 'finality'>> & { readonly databaseUrl: string };

/** Keeps one chain's index at the head until told to stop. Of several, one writes and the others stand by. */
export class IndexerService {
  private readonly pause = new Pause();
  private readonly backoff = new Backoff();
  private session: Session | undefined;
  private running: Promise<void> | undefined;
  private refutations = 0;
  private toldPaceMs = 0;
  private readonly decoder: FactDecoder;
  private readonly source: RangeSource;
  private readonly nextBlock: NextBlock;
  private readonly feed: HeadFeed;
  private readonly watch: HeadWatch;
  private readonly finality: Finality;

  /** @param chance a number from 0 to below 1 that nobody can foresee; it chooses the blocks of `sample` */
  public constructor(
    private readonly config: IndexerSettings,
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
    this.feed = new HeadFeed(config.rpcWsUrls ?? []);
    this.nextBlock = new NextBlock(reader, addresses, () => this.feed.told, verifier);
    this.watch = new HeadWatch(this.feed, this.pause, config.pollIntervalMs);
    this.finality = new Finality(reader, config.finality ?? 'finalized', () => performance.now());
    status.watch(reader, this.feed, verifier);
    reader.onBench = ({ endpoint, blockNumber, difference }) =>
      logger.error({ event: 'endpoint-benched', endpoint, blockNumber, difference, forMs: BENCH_MS });
  }

  public get chainId(): number {
    return this.deployment.chainId;
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
    this.feed.start();
    try {
      while (!this.pause.ended) await this.attempt(onReady);
    } finally {
      this.feed.stop();
      await this.session?.close();
    }
  }

  private async attempt(onReady: () => void): Promise<void> {
    try {
      if (!this.session?.usable) this.session = await this.openSession();
      if (this.session) await this.follow(this.session, onReady);
      else await this.standBy(onReady);
    } catch (error) {
      if (!(error instanceof RetryError)) throw error;
      if (error.code === 'LEADERSHIP_LOST') await this.session?.close();
      if (error instanceof RefutedError && ++this.refutations >= REFUTATIONS) throw noneHonest(error);
      const delayMs = Math.max(this.backoff.nextMs(), error.retryAfterMs ?? 0);
      this.status.become('RETRYING', error.message);
      this.logger.warn({ event: 'retry', code: error.code, problem: error.message, delayMs });
      await this.pause.for(delayMs);
    }
  }

  private async openSession(): Promise<Session | undefined> {
    const session = await Session.open(this.config.databaseUrl, this.deployment.chainId);
    // Losing the connection is losing the lead: it is noticed at once and not at the next block.
    if (session) session.onLost = () => this.pause.hint();
    return session;
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
    const follower = this.follower(store, checkpoint);
    this.logger.info({ event: 'leading', chainId, blockNumber: checkpoint.block.number });
    this.status.become('BACKFILLING');
    while (!this.pause.ended) {
      const progress = await follower.advance((each) => this.committed(each));
      this.backoff.reset();
      if (progress.rolledBackFrom) this.rolledBack(progress, progress.rolledBackFrom.number);
      else await this.atHead(store, progress, onReady);
    }
  }

  private follower(store: FactStore, checkpoint: Checkpoint): Follower {
    const { deployment, reader, finality } = this;
    const context: ReorgContext = {
      ...{ reader, store, chainId: deployment.chainId, startBlock: lowestBlock(deployment) },
      refuseMissingContracts: () => refuseMissingContracts(reader, deployment, protocols),
    };
    const stopping = (): boolean => this.pause.ended;
    return new Follower(context, this.source, this.nextBlock, this.decoder, finality, checkpoint, stopping);
  }

  private async atHead(store: FactStore, { block, head }: Progress, onReady: () => void): Promise<void> {
    const final = await this.finality.below(head);
    this.status.saw(block, head, final);
    await store.seeHead(head.number, final);
    this.status.become('FOLLOWING');
    onReady();
    await this.watch.next(head.number);
  }

  private committed({ block, head, facts, blocks }: Progress): void {
    this.refutations = 0;
    this.status.committed(block, head, facts, blocks);
    this.tellPace();
    this.logger.debug({ event: 'committed', blockNumber: block.number, head: head.number, facts });
  }

  /** A line now and then for whoever waits for a backfill. */
  private tellPace(): void {
    const nowMs = performance.now();
    if (nowMs - this.toldPaceMs < PACE_INTERVAL_MS) return;
    this.toldPaceMs = nowMs;
    const { pace, blockNumber, headNumber: head } = this.status.report();
    if (pace) this.logger.info({ event: 'backfill', blockNumber, head, ...pace });
  }

  private rolledBack({ block, head }: Progress, from: number): void {
    this.feed.expect(head.number);
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
