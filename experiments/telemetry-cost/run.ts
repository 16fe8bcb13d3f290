import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { events, simulate, toDocument } from '@tallyhouse/simulation';
import { CaptureService, SealingService } from '@tallyhouse/supply-chain';
import { inSpan, startTracing } from '@tallyhouse/telemetry';
import { startOtlpReceiver, startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../migrations/data-source.js';

const RESULTS = 'experiments/telemetry-cost/results.json';
const WORLD = { seed: 3, start: '2023-01-01', months: 24, scale: 1 };
const PARTNER = '0x00000000000000000000000000000000000000a1';
const SUBMITTER = '0x00000000000000000000000000000000000000b2';
const ROUNDS = Number(process.argv[2] ?? 15);
const DOCUMENTS = 8;
/** Small documents: the smaller, the more a span weighs. */
const EVENTS_A_DOCUMENT = 10;

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)]!;

const receiver = await startOtlpReceiver();
const postgres = await startPostgres();
try {
  const source = await migrationDataSource(await postgres.createDatabase('cost')).initialize();
  await source.runMigrations();
  const captures = new CaptureService(source);
  const sealing = new SealingService(source);
  const stream = events(simulate(WORLD))[Symbol.iterator]();
  const nextDocument = (): Buffer => {
    const some = Array.from({ length: EVENTS_A_DOCUMENT }, () => stream.next().value!.event);
    return Buffer.from(JSON.stringify(toDocument(some, '2025-01-01T00:00:00Z')));
  };

  /** Milliseconds to capture some documents and to seal them, each capture within a request's span. */
  const round = async (): Promise<number> => {
    const documents = Array.from({ length: DOCUMENTS }, nextDocument);
    const startMs = performance.now();
    for (const document of documents)
      await inSpan('POST /epcis/v2/capture', { kind: 'server' }, () =>
        captures.capture(document, { partner: PARTNER, errorBehaviour: 'ROLLBACK' }),
      );
    await sealing.sealDue(SUBMITTER, { batchSize: 1_024, maxWaitMs: 0 }, new Date(Date.now() + 1));
    return performance.now() - startMs;
  };
  const traced = async (): Promise<number> => {
    const settings = {
      tracesUrl: `${receiver.endpoint}/v1/traces`,
      serviceName: undefined,
      resourceAttributes: '',
    };
    const tracing = await startTracing(settings, 'cost');
    const ms = await round();
    await tracing.stop();
    return ms;
  };

  for (let warm = 0; warm < 3; warm++) {
    await round();
    await traced();
  }
  const before = receiver.spans.length;
  const [off, on]: [number[], number[]] = [[], []];
  for (let index = 0; index < ROUNDS; index++) {
    // In turns, each first as often: what else runs on the machine hits both alike.
    if (index % 2 === 0) off.push(await round());
    on.push(await traced());
    if (index % 2 === 1) off.push(await round());
  }
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    rounds: ROUNDS,
    documentsARound: DOCUMENTS,
    eventsADocument: EVENTS_A_DOCUMENT,
    spansARound: (receiver.spans.length - before) / ROUNDS,
    medianRatioOnToOff: Math.round(median(on.map((ms, index) => ms / off[index]!)) * 1_000) / 1_000,
    ratioOfMedians: Math.round((median(on) / median(off)) * 1_000) / 1_000,
  };
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  await source.destroy();
} finally {
  await postgres.stop();
  await receiver.stop();
}
