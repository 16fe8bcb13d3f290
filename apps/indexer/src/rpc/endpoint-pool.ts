import type { Hex } from 'viem';
import { RefutedError, RetryError } from '../indexer.errors.js';
import type { ChainReader, EvidenceReader } from './chain-reader.js';
import type { Endpoint, EndpointScore } from './endpoint.js';
import { firstAnswer, type Outcome } from './first-answer.js';
import { SecondQuestions } from './patience.js';
import type { BlockHeader, RawLog } from './raw-block.js';

/** How long an endpoint that was caught lying is not asked. */
export const BENCH_MS = 300_000;
const LOOK_AROUND_MS = 5_000;
/** Another endpoint has to be so much better before it is turned to. */
const BETTER = 0.7;

/** Several endpoints of one chain as one reader: the best is asked, the others when it fails. */
export class EndpointPool implements ChainReader {
  private current: Endpoint | undefined;
  private lookedAroundMs = 0;
  private readonly seconds = new SecondQuestions();
  /** Told when an endpoint is caught and will not be asked for {@link BENCH_MS}. */
  public onBench: (caught: RefutedError) => void = () => undefined;

  /** @param endpoints best first, until they have shown what they are worth */
  public constructor(
    private readonly endpoints: readonly Endpoint[],
    private readonly nowMs: () => number,
  ) {}

  public chainId(): Promise<number> {
    return this.use((reader) => reader.chainId());
  }

  public async latest(): Promise<BlockHeader> {
    return this.lookAtHead(async (reader) => {
      const head = await reader.latest();
      return { head, found: head };
    });
  }

  /** Does what `look` does with one endpoint, as {@link use}, and notes the head that it found. */
  public lookAtHead<Found>(
    look: (reader: EvidenceReader) => Promise<{ readonly head: BlockHeader; readonly found: Found }>,
  ): Promise<Found> {
    this.lookAround();
    return this.use(async (reader, endpoint) => {
      const { head, found } = await look(reader);
      endpoint.height = head.number;
      return found;
    });
  }

  public header(number: number): Promise<BlockHeader | undefined> {
    return this.use((reader) => reader.header(number));
  }

  public headers(numbers: readonly number[]): Promise<BlockHeader[]> {
    return this.use((reader) => reader.headers(numbers));
  }

  public logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined> {
    return this.use((reader) => reader.logs(addresses, from, to));
  }

  public logsOf(addresses: readonly Hex[], block: BlockHeader): Promise<RawLog[]> {
    return this.use((reader) => reader.logsOf(addresses, block));
  }

  public tagged(tag: 'finalized' | 'safe'): Promise<BlockHeader | undefined> {
    return this.use((reader) => reader.tagged(tag));
  }

  public code(address: Hex, number?: number): Promise<Hex> {
    return this.use((reader) => reader.code(address, number));
  }

  public scores(): EndpointScore[] {
    return this.endpoints.map((endpoint) => endpoint.score());
  }

  /**
   * Does a piece of work with one endpoint, and all of it with another one when that fails.
   *
   * @param hedged whether a second one is asked beside the first when that is slower than 95 in 100 of its answers to such
   * questions; only for work that every endpoint does alike, or fails at
   * @throws RefutedError when every endpoint is benched; otherwise RetryError of the last one asked
   */
  public async use<Answer>(
    work: (reader: EvidenceReader, endpoint: Endpoint) => Promise<Answer>,
    hedged = false,
  ): Promise<Answer> {
    const failures: RetryError[] = [];
    let fatal: { readonly error: unknown } | undefined;
    const ask = async (endpoint: Endpoint): Promise<Outcome<Answer>> => {
      if (fatal) return { failure: fatal.error };
      const startMs = this.nowMs();
      try {
        const answer = await work(endpoint.reader, endpoint);
        if (hedged) endpoint.patience.took(this.nowMs() - startMs);
        return { answer };
      } catch (error) {
        if (error instanceof RetryError) failures.push(this.note(endpoint, error));
        else fatal = { error };
        return { failure: error };
      }
    };
    this.seconds.asked();
    const first = await firstAnswer({
      candidates: this.ranked(),
      ask,
      patienceMs: (endpoint) => (hedged ? endpoint.patience.ms : undefined),
      maySecond: (endpoint) => this.seconds.take() && endpoint.overtake(),
    });
    if (first) return first.answer;
    if (fatal) throw fatal.error;
    const refuted = failures.findLast((failure) => failure instanceof RefutedError);
    if (refuted && this.endpoints.every(({ benched }) => benched)) throw refuted;
    throw failures.findLast((failure) => !(failure instanceof RefutedError)) ?? this.pauseOfAll();
  }

  /** Remembers why an endpoint failed, also when nobody waits for its answer any more. */
  private note(endpoint: Endpoint, error: RetryError): RetryError {
    if (this.current === endpoint) this.current = undefined;
    if (error instanceof RefutedError) this.bench(endpoint, error);
    if (error.retryAfterMs !== undefined) endpoint.rest(error.retryAfterMs);
    return error;
  }

  /** Those that did not lie. When all are benched there is no choice but to ask them again. */
  private trusted(): readonly Endpoint[] {
    const honest = this.endpoints.filter(({ benched }) => !benched);
    return honest.length > 0 ? honest : this.endpoints;
  }

  /** Those to ask, best first. */
  private ranked(): Endpoint[] {
    const able = this.trusted().filter(({ restsMs }) => restsMs === 0);
    const highest = Math.max(0, ...able.map(({ height }) => height ?? 0));
    const cost = (endpoint: Endpoint): number =>
      endpoint.cost(highest) * (endpoint === this.current ? BETTER : 1);
    const ranked = [...able].sort((left, right) => cost(left) - cost(right));
    this.current = ranked[0];
    return ranked;
  }

  private bench(endpoint: Endpoint, caught: RefutedError): void {
    const wasBenched = endpoint.benched;
    endpoint.bench(BENCH_MS, caught.message);
    if (!wasBenched) this.onBench(caught);
  }

  /** Until the first of them may be asked again, which is now when its pause ended since {@link ranked} looked. */
  private pauseOfAll(): RetryError {
    const retryAfterMs = Math.min(...this.trusted().map(({ restsMs }) => restsMs));
    return new RetryError('RPC_UNAVAILABLE', 'every endpoint asked for a pause or is not asked', {
      retryAfterMs,
    });
  }

  /** Learns height and latency of those that are not in use. */
  private lookAround(): void {
    if (this.endpoints.length < 2 || this.nowMs() - this.lookedAroundMs < LOOK_AROUND_MS) return;
    this.lookedAroundMs = this.nowMs();
    for (const endpoint of this.endpoints)
      if (endpoint !== this.current && !endpoint.benched && endpoint.restsMs === 0)
        void endpoint.reader.latest().then(
          ({ number }) => (endpoint.height = number),
          (error: unknown) => error instanceof RefutedError && this.bench(endpoint, error),
        );
  }
}
