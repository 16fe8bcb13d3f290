import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventHashHex,
  jcsSha256,
  readDocument,
  validateDocument,
  type EpcisDocument,
} from '@tallyhouse/epcis';
import { disclosure, disclosureRoot } from '@tallyhouse/proofs';
import { events, simulate, toDocument } from '@tallyhouse/simulation';
import { CaptureService, SealingService } from '@tallyhouse/supply-chain';
import { startPostgres } from '@tallyhouse/testing';
import { EventIntake } from '../../libs/supply-chain/src/capture/event-intake.repository.js';
import { migrationDataSource } from '../../migrations/data-source.js';

const RESULTS = 'experiments/capture-throughput/results.json';
const WORLD = { seed: 3, start: '2023-01-01', months: 24, scale: 2 };
const EVENTS = Number(process.argv[2] ?? 100_000);
const DOCUMENT = 10_000;
const PARTNER = '0x00000000000000000000000000000000000000a1';
const SUBMITTER = '0x00000000000000000000000000000000000000b2';
const EMPTY =
  'TRUNCATE capture_job, epcis_event, event_item, event_biz_tx, event_source_dest, anchor_queue CASCADE';
const CREATED = '2025-01-01T00:00:00Z';
const PIECE_BYTES = 65_536;

function* simulated(wanted: number): Generator<string> {
  let count = 0;
  for (const { event } of events(simulate(WORLD))) {
    if (count++ === wanted) return;
    yield JSON.stringify(event);
  }
}

/** The document as bytes, made while it is read, so that memory is that of capture alone. */
async function* stream(wanted: number): AsyncGenerator<Uint8Array> {
  const [head, tail] = JSON.stringify(toDocument([], CREATED)).split('[]}}') as [string, string];
  let text = `${head}[`;
  let separator = '';
  for (const event of simulated(wanted)) {
    text += separator + event;
    separator = ',';
    if (text.length < PIECE_BYTES) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}]}}${tail}`);
}

async function rate(count: number, work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round((1_000 * count) / (performance.now() - started));
}

function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  return () => {
    clearInterval(timer);
    return Math.round(Math.max(peak, process.memoryUsage.rss()) / 2 ** 20);
  };
}

function measuredDocument(): { text: string; document: EpcisDocument } {
  const list = [...events(simulate(WORLD))].slice(0, DOCUMENT).map(({ event }) => event);
  const text = JSON.stringify(toDocument(list, CREATED));
  const read = readDocument(text);
  if (!read.ok) throw new Error(JSON.stringify(read.errors[0]));
  const faults = validateDocument(read.document);
  if (faults.length > 0) throw new Error(JSON.stringify(faults[0]));
  return { text, document: read.document };
}

/** Each stage alone on one core, the second of two rounds. */
async function stages() {
  const { text, document } = measuredDocument();
  const each = async (
    work: (event: EpcisDocument['events'][number]) => unknown,
    count = DOCUMENT,
  ): Promise<number> => {
    const some = document.events.slice(0, count);
    some.slice(0, 1_000).forEach(work);
    return rate(count, () => some.forEach(work));
  };
  readDocument(text);
  return {
    bytesPerEvent: Math.round(text.length / DOCUMENT),
    read: await rate(DOCUMENT, () => readDocument(text)),
    validate: await rate(DOCUMENT, () => validateDocument(document)),
    eventHash: await each((event) => eventHashHex(event, document.context)),
    contentHash: await each((event) => jcsSha256(event)),
    disclosureRoot: await each((event) => disclosureRoot(event, randomBytes(32))),
    disclosureRootInJavaScript: await each((event) => disclosure(event, randomBytes(32)).root, 1_000),
  };
}

const load = loadavg();
const folder = mkdtempSync(join(tmpdir(), 'tallyhouse-throughput-'));
const postgres = await startPostgres({ dir: folder });
try {
  const source = await migrationDataSource(await postgres.createDatabase('throughput')).initialize();
  await source.runMigrations();
  const captures = new CaptureService(source);
  const options = { partner: PARTNER, errorBehaviour: 'ROLLBACK' } as const;

  const streamed = async (wanted: number): Promise<object> => {
    const memory = watchMemory();
    const perSecond = await rate(wanted, async () => {
      const outcome = await captures.captureStream(stream(wanted), options);
      if (outcome.stored !== wanted) throw new Error(JSON.stringify(outcome));
    });
    return { events: wanted, perSecond, peakRssMiB: memory() };
  };
  const memory = watchMemory();
  let bytes = 0;
  for await (const piece of stream(EVENTS)) bytes += piece.length;
  const sourceAlone = { documentMiB: Math.round(bytes / 2 ** 20), peakRssMiB: memory() };
  const small = await streamed(DOCUMENT);
  await source.query(EMPTY);
  const large = await streamed(EVENTS);
  const sealing = new SealingService(source);
  const limits = { batchSize: 1_024, maxWaitMs: 0 };
  const sealed = await rate(EVENTS, () => sealing.sealDue(SUBMITTER, limits, new Date(Date.now() + 1)));

  await source.query(EMPTY);
  const perSecondOnOneCore = await stages();
  const { text, document } = measuredDocument();
  const hashAndStore = await rate(DOCUMENT, () =>
    source.transaction(async (manager) => {
      const rules = { profiles: [], profileIds: [], companyPrefixes: [] };
      const job = { id: crypto.randomUUID(), ...options, recordTime: new Date(), rules };
      const intake = new EventIntake(manager, job);
      await intake.take(document.events, document.context);
      await intake.end();
      if (intake.stored !== DOCUMENT) throw new Error(`stored ${intake.stored}`);
    }),
  );
  await source.query(EMPTY);
  const whole = await rate(DOCUMENT, () => captures.capture(Buffer.from(text), options));
  const again = await rate(DOCUMENT, () => captures.capture(Buffer.from(text), options));
  await source.destroy();
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    loadAverageAtStart: load.map((value) => Math.round(10 * value) / 10),
    loadAverageAtEnd: loadavg().map((value) => Math.round(10 * value) / 10),
    world: WORLD,
    perSecondOnOneCore,
    perSecondToStored: {
      sourceAlone,
      stream: [small, large],
      wholeDocument: {
        events: DOCUMENT,
        perSecond: whole,
        sentAgain: again,
        hashAndStoreAlone: hashAndStore,
      },
    },
    sealed: { batchSize: limits.batchSize, perSecond: sealed },
  };
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(readFileSync(RESULTS, 'utf8'));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
