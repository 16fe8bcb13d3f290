import { Injectable, Optional, type OnApplicationBootstrap } from '@nestjs/common';
import { ProcessClock } from '@tallyhouse/database';
import {
  isXml,
  masterDataOf,
  readEpcis,
  type CaptureError,
  type EpcisDocument,
  type MasterDataElement,
} from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { storeMasterData } from '../master-data/master-data.repository.js';
import { SenderRulesReader } from '../sender/sender-rules.reader.js';
import { endJob, failAbandonedJobs, newJob, type CaptureJob } from './capture-job.repository.js';
import { observedCapture } from './capture-telemetry.js';
import type { CaptureOptions, CaptureOutcome } from './capture.types.js';
import { defaultStreamBounds, type StreamBounds } from './document-splitter.js';
import { DocumentKeeper } from './document-keeper.repository.js';
import { EventIntake } from './event-intake.repository.js';
import { judge, optionsOf, type Judgement } from './judge.js';
import { StreamCapture } from './stream-capture.repository.js';
import { Turnstile } from './turnstile.js';

const ATTEMPTS = 3;
/** A stream holds one connection and now and then needs a second one of the pool's ten. */
const MAX_STREAMS = 4;
/** Two captures stored the same events in another order, each waiting for the other; Postgres ended one of them. */
const DEADLOCK = '40P01';

/** Takes EPCIS documents in: read, validate, hash, store. */
@Injectable()
export class CaptureService implements OnApplicationBootstrap {
  private readonly streams = new Turnstile(MAX_STREAMS);

  private readonly rules: SenderRulesReader;

  /** @param clock left out by a program on the database's own machine */
  public constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly clock?: ProcessClock,
  ) {
    this.rules = new SenderRulesReader(dataSource);
  }

  /** A server that starts ends the jobs that one before it left behind. */
  public async onApplicationBootstrap(): Promise<void> {
    await this.failAbandoned();
  }

  /**
   * Captures a document: bytes (JSON or XML), text or parsed JSON. Never throws for what the sender did wrong: the job says it.
   *
   * @returns the job as it ended; everything of it is stored in one transaction, or nothing but the job and its errors
   */
  public async capture(
    document: Uint8Array | string | object,
    options: CaptureOptions,
  ): Promise<CaptureOutcome> {
    return observedCapture('whole', () => this.captureWhole(document, options));
  }

  /**
   * Captures a document of any length while its bytes arrive, in bounded memory. `@context` and `type` must stand
   * before `epcisBody`. The job is there from the start, RUNNING, and its counts grow; its events are seen when it has ended,
   * all of them at once. When the source breaks off or this process dies, nothing is stored but the job, FAILED.
   *
   * @throws what the database throws; the job is then FAILED as well
   */
  public async captureStream(
    source: AsyncIterable<Uint8Array>,
    options: CaptureOptions,
    bounds: StreamBounds = defaultStreamBounds,
  ): Promise<CaptureOutcome> {
    return observedCapture('stream', () =>
      this.streams.pass(async () => {
        const job = newJob(options, this.clock?.now() ?? new Date(), await this.rules.of(options.partner));
        return new StreamCapture(this.dataSource, job, bounds, options.mediaType).run(source);
      }),
    );
  }

  /** Ends jobs whose server died while it took their document in; returns how many. */
  public async failAbandoned(): Promise<number> {
    return failAbandonedJobs(this.dataSource);
  }

  private async captureWhole(
    document: Uint8Array | string | object,
    options: CaptureOptions,
  ): Promise<CaptureOutcome> {
    const job = newJob(options, this.clock?.now() ?? new Date(), await this.rules.of(options.partner));
    const read = readEpcis(document);
    if (!read.ok) return this.refuse(job, 0, read.errors);
    const allOrNone = job.errorBehaviour === 'ROLLBACK';
    const { faulty, errors } = await judge(read.document, optionsOf(job), allOrNone);
    if (faulty.has(null) || (errors.length > 0 && allOrNone)) {
      return this.refuse(job, read.document.events.length, errors);
    }
    const received = receivedBytes(document, options);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.store(
          job,
          { ...read.document, stated: masterDataOf(read.document) },
          { faulty, errors },
          received,
        );
      } catch (error) {
        if ((error as { code?: unknown }).code !== DEADLOCK || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async store(
    job: CaptureJob,
    document: EpcisDocument & { readonly stated: readonly MasterDataElement[] },
    { faulty, errors }: Judgement,
    received: Received | undefined,
  ): Promise<CaptureOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const intake = new EventIntake(manager, job);
      const good = document.events.filter((_, index) => !faulty.has(index));
      const keeper = new DocumentKeeper(manager, job, (statement) => intake.inTurn(statement));
      let kept: string | undefined;
      try {
        if (received) await keeper.push(received.bytes);
        await intake.take(good, document.context);
        await intake.end();
        // Last, as a stream does it: two captures of one document then wait for each other in one order.
        kept = received && (await keeper.end());
      } finally {
        await intake.settle();
      }
      const outcome = outcomeOf(job, intake, faulty.size);
      const context = document.root['@context'];
      await endJob(manager, job, outcome, errors, {
        storedIds: intake.firstIds,
        context,
        document: received && kept ? { id: kept, mediaType: received.mediaType } : undefined,
      });
      if (outcome.state !== 'FAILED') await storeMasterData(manager, job, document.stated);
      return outcome;
    });
  }

  private async refuse(
    job: CaptureJob,
    total: number,
    errors: readonly CaptureError[],
  ): Promise<CaptureOutcome> {
    const outcome = refusal(job, total);
    await this.dataSource.transaction((manager) => endJob(manager, job, outcome, errors));
    return outcome;
  }
}

interface Received {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What is kept byte for byte; a value that was parsed elsewhere has no bytes. */
function receivedBytes(
  document: Uint8Array | string | object,
  options: CaptureOptions,
): Received | undefined {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  if (!(bytes instanceof Uint8Array)) return undefined;
  return { bytes, mediaType: options.mediaType ?? (isXml(bytes) ? 'application/xml' : 'application/json') };
}

function outcomeOf(job: CaptureJob, intake: EventIntake, rejected: number): CaptureOutcome {
  const { taken, stored } = intake;
  const state = rejected === 0 ? 'SUCCEEDED' : taken > 0 ? 'PARTIAL' : 'FAILED';
  return { id: job.id, state, total: taken + rejected, stored, duplicate: taken - stored, rejected };
}

function refusal(job: CaptureJob, total: number): CaptureOutcome {
  return { id: job.id, state: 'FAILED', total, stored: 0, duplicate: 0, rejected: total };
}
