import {
  defaultBounds,
  masterDataOf,
  readDocument,
  validateDocument,
  type CaptureError,
  type EpcisDocument,
  type JsonValue,
  type MasterDataElement,
} from '@tallyhouse/epcis';
import type { DataSource, QueryRunner } from 'typeorm';
import { storeMasterData } from '../master-data/master-data.repository.js';
import {
  claimJob,
  endJob,
  releaseJob,
  writeProgress,
  type CaptureCounts,
  type CaptureJob,
} from './capture-job.repository.js';
import type { CaptureOutcome } from './capture.types.js';
import { DocumentFault, documentFault, DocumentSplitter, type StreamBounds } from './document-splitter.js';
import { DocumentKeeper } from './document-keeper.repository.js';
import { EventIntake } from './event-intake.repository.js';
import { MAX_KEPT_ERRORS, movedBy, optionsOf } from './judge.js';

const EVENTS_A_PORTION = 500;
/** Signs of JSON text after which a portion is taken, however few events it has. */
const SIGNS_A_PORTION = 4 * 2 ** 20;

/** One capture of a document that arrives piece by piece; see `CaptureService.captureStream`. */
export class StreamCapture {
  private readonly splitter: DocumentSplitter;
  private readonly errors: CaptureError[] = [];
  private total = 0;
  private rejected = 0;
  /** `@context` as JSON text; known when the list of events begins. */
  private context: string | undefined;
  private progress: Promise<void> = Promise.resolve();

  public constructor(
    private readonly dataSource: DataSource,
    private readonly job: CaptureJob,
    private readonly bounds: StreamBounds,
    private readonly mediaType = 'application/json',
  ) {
    this.splitter = new DocumentSplitter(bounds);
  }

  public async run(source: AsyncIterable<Uint8Array>): Promise<CaptureOutcome> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      await claimJob(runner, this.job);
      await writeProgress(this.dataSource, this.job, this.counts(undefined));
      await runner.startTransaction();
      return await this.inTransaction(source, runner);
    } finally {
      await releaseJob(runner, this.job).catch(() => undefined);
      await runner.release();
    }
  }

  private async inTransaction(
    source: AsyncIterable<Uint8Array>,
    runner: QueryRunner,
  ): Promise<CaptureOutcome> {
    const intake = new EventIntake(runner.manager, this.job);
    try {
      const keeper = new DocumentKeeper(runner.manager, this.job, (statement) => intake.inTurn(statement));
      for await (const portion of this.portions(source, keeper)) await this.take(portion, intake);
      const stated = this.judgeEnvelope();
      const document = { id: await keeper.end(), mediaType: this.mediaType };
      await intake.end();
      if (this.rejected > 0 && this.job.errorBehaviour === 'ROLLBACK') throw new DocumentFault(this.errors);
      const counts = this.counts(intake);
      const state = this.rejected === 0 ? 'SUCCEEDED' : intake.taken > 0 ? 'PARTIAL' : 'FAILED';
      const outcome: CaptureOutcome = { id: this.job.id, state, ...counts };
      await this.progress;
      const context = this.context === undefined ? undefined : (JSON.parse(this.context) as JsonValue);
      await endJob(runner, this.job, outcome, this.errors, { storedIds: intake.firstIds, context, document });
      if (state !== 'FAILED') await storeMasterData(runner, this.job, stated);
      await runner.commitTransaction();
      return outcome;
    } catch (error) {
      await intake.settle();
      await this.progress.catch(() => undefined);
      await runner.rollbackTransaction().catch(() => undefined);
      return this.refuse(error);
    }
  }

  private async refuse(reason: unknown): Promise<CaptureOutcome> {
    const fault = reason instanceof DocumentFault ? reason : interrupted(reason);
    const { total } = this;
    const outcome = {
      id: this.job.id,
      state: 'FAILED' as const,
      total,
      stored: 0,
      duplicate: 0,
      rejected: total,
    };
    await this.dataSource.transaction((manager) => endJob(manager, this.job, outcome, fault.errors));
    if (!(reason instanceof DocumentFault) && !(reason instanceof SourceBroken)) throw reason;
    return outcome;
  }

  /** Texts of events, some hundred at a time. */
  private async *portions(
    source: AsyncIterable<Uint8Array>,
    keeper: DocumentKeeper,
  ): AsyncGenerator<string[]> {
    let portion: string[] = [];
    let signs = 0;
    for await (const bytes of unbroken(source)) {
      await keeper.push(bytes);
      for (const event of this.splitter.push(bytes)) {
        signs += portion.push(event) && event.length;
        if (portion.length < EVENTS_A_PORTION && signs < SIGNS_A_PORTION) continue;
        yield portion;
        [portion, signs] = [[], 0];
      }
    }
    this.splitter.end();
    if (portion.length > 0) yield portion;
  }

  private async take(texts: readonly string[], intake: EventIntake): Promise<void> {
    const document = this.read(texts);
    const faulty = this.judge(document);
    this.total += texts.length;
    this.rejected += faulty.size;
    const refused = this.rejected > 0 && this.job.errorBehaviour === 'ROLLBACK';
    if (refused && this.errors.length >= MAX_KEPT_ERRORS) throw new DocumentFault(this.errors);
    if (refused) return;
    await intake.take(
      document.events.filter((_, index) => !faulty.has(index)),
      document.context,
    );
    await this.showProgress(intake);
  }

  /** Beside the next portion, because a commit may wait long for its disk. */
  private async showProgress(intake: EventIntake): Promise<void> {
    await this.progress;
    this.progress = writeProgress(this.dataSource, this.job, this.counts(intake));
    this.progress.catch(() => undefined);
  }

  /** Reads a portion as a document of its own, so that it meets every rule that a whole document meets. */
  private read(texts: readonly string[]): EpcisDocument {
    this.context ??= this.contextText();
    const text = `{"@context":${this.context},"type":"EPCISDocument","epcisBody":{"eventList":[${texts.join(',')}]}}`;
    const read = readDocument(text, { ...defaultBounds, maxBytes: Infinity, maxEvents: Infinity });
    if (read.ok) return read.document;
    throw new DocumentFault(read.errors.map((error) => movedBy(this.total, error, EVENTS)));
  }

  private contextText(): string {
    const expected = '@context and type before epcisBody, because events are read as they arrive';
    const opening = readDocument(this.splitter.opening ?? '', { ...defaultBounds, maxBytes: Infinity });
    if (!opening.ok) {
      const typeless = opening.errors[0]?.rule === 'event';
      throw typeless
        ? documentFault('order', 'no type before the events', expected, '/type')
        : new DocumentFault(opening.errors);
    }
    const context = opening.document.root['@context'];
    if (context !== undefined) return JSON.stringify(context);
    throw documentFault('order', 'no @context before the events', expected, '/@context');
  }

  /** @returns positions in the portion of the events that have a fault */
  private judge(document: EpcisDocument): Set<number | null> {
    const portion: EpcisDocument = { ...document, kind: 'event', root: { '@context': [] } };
    const found = validateDocument(portion, optionsOf(this.job));
    for (const error of found) {
      if (this.errors.length >= MAX_KEPT_ERRORS) break;
      this.errors.push(movedBy(this.total, error, EVENTS));
    }
    return new Set(found.map((error) => error.eventIndex));
  }

  /**
   * What stands around the events is judged when all of it is there.
   *
   * @returns the master data in it
   */
  private judgeEnvelope(): readonly MasterDataElement[] {
    const read = readDocument(this.splitter.envelope, { ...defaultBounds, maxBytes: Infinity });
    if (!read.ok) throw new DocumentFault(read.errors);
    if (this.splitter.opening === undefined || read.document.kind !== 'EPCISDocument') {
      const expected = 'an EPCISDocument with a list of events; other documents are taken whole';
      throw documentFault('event-list', 'a document of another kind', expected);
    }
    const errors = validateDocument(read.document, { now: this.job.recordTime });
    if (errors.length > 0) throw new DocumentFault([...errors, ...this.errors].slice(0, MAX_KEPT_ERRORS));
    return masterDataOf(read.document);
  }

  private counts(intake: EventIntake | undefined): CaptureCounts {
    const { taken, stored } = intake ?? { taken: 0, stored: 0 };
    return { total: this.total, stored, duplicate: taken - stored, rejected: this.rejected };
  }
}

const EVENTS = '/epcisBody/eventList';

/** The sender's bytes broke off. */
class SourceBroken extends Error {}

async function* unbroken(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const bytes = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await bytes.next().catch((error: unknown) => {
        throw new SourceBroken(error instanceof Error ? error.message : String(error));
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await bytes.return?.();
  }
}

function interrupted(reason: unknown): DocumentFault {
  return reason instanceof SourceBroken
    ? documentFault('interrupted', `a document that breaks off: ${reason.message}`, 'the whole document')
    : documentFault(
        'interrupted',
        'a fault of the server',
        'nothing of it is stored: send the document again',
      );
}
