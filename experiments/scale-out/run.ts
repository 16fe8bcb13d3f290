import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, type CpuInfo } from 'node:os';
import { join } from 'node:path';
import { events, toDocument, type SimulatedEvent } from '@tallyhouse/simulation';
import { freePort } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { connect, seedMasterData } from '../../apps/cli/src/up/seed.js';
import { Stack } from '../../apps/cli/src/up/stack.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';

const RESULTS = 'experiments/scale-out/results.json';
const WORLD = { seed: 17, start: '2025-01-01', months: 12, scale: 0.4 };
const EVENTS = Number(process.argv[2] ?? 20_000);
const EVENTS_A_DOCUMENT = 100;
/** Documents on their way at once. */
const CLIENTS = 4;
const DEADLINE_MS = 900_000;
/** Apis and workers. */
const FORMATIONS = [
  { apis: 1, workers: 1 },
  { apis: 1, workers: 2 },
  { apis: 1, workers: 4 },
  { apis: 2, workers: 1 },
  { apis: 2, workers: 2 },
] as const;

interface Document {
  readonly partner: number;
  readonly body: string;
  readonly count: number;
}

const DOUBLED = `SELECT count(*)::int AS count FROM pgboss.job a JOIN pgboss.job b
  ON a.name = b.name AND a.id < b.id AND a.started_on < b.completed_on AND b.started_on < a.completed_on
  WHERE a.state = 'completed' AND b.state = 'completed'`;
const BUSY = `SELECT name, round(extract(epoch FROM sum(completed_on - started_on))::numeric, 1)::float8 AS seconds
  FROM pgboss.job WHERE state = 'completed' GROUP BY name ORDER BY 2 DESC`;

function documentsOf(simulated: Iterable<SimulatedEvent>): Document[] {
  const some = [...simulated].slice(0, EVENTS);
  const byPartner = Map.groupBy(some, ({ partner }) => partner);
  return [...byPartner].flatMap(([partner, list]) =>
    Array.from({ length: Math.ceil(list.length / EVENTS_A_DOCUMENT) }, (_, index) => {
      const part = list.slice(index * EVENTS_A_DOCUMENT, (index + 1) * EVENTS_A_DOCUMENT);
      const document = toDocument(
        part.map(({ event }) => event),
        `${WORLD.start}T00:00:00Z`,
      );
      return { partner, count: part.length, body: JSON.stringify(document) };
    }),
  );
}

async function captureAll(
  urls: readonly string[],
  documents: readonly Document[],
  keyOf: (partner: number) => string,
): Promise<void> {
  const waiting = [...documents.entries()];
  const client = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { partner, body }] = next;
      const answer = await fetch(`${urls[index % urls.length]}/epcis/v2/capture`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': keyOf(partner) },
        body,
      });
      if (answer.status !== 202) throw new Error(`capture answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

const until = async (dataSource: DataSource, what: string, sql: string): Promise<void> => {
  const done = async (): Promise<boolean> => {
    const [row]: [{ done: boolean }] = await dataSource.query(sql);
    return row.done;
  };
  await waitUntil(what, done, { timeoutMs: DEADLINE_MS });
};

async function measure({ apis, workers }: (typeof FORMATIONS)[number]): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyhouse-scale-'));
  const stack = await Stack.start({
    ...{ stateDir: folder, fresh: true, world: WORLD, blockTimeS: 1, rpcPort: await freePort() },
    environment: { ANCHOR_INTERVAL_MS: '500', ANCHOR_BATCH_SIZE: '256', POLL_INTERVAL_MS: '100' },
    onStep: () => undefined,
    onExit: (name, reason) => process.stderr.write(`${name} ended ${reason}\n`),
  });
  const dataSource = await connect(stack.databaseUrl);
  try {
    const keys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
    const urls = [stack.apiUrl];
    for (let more = 1; more < apis; more++) {
      const port = String(await freePort());
      await stack.startAnother('api', { API_PORT: port });
      urls.push(`http://127.0.0.1:${port}`);
    }
    for (let more = 1; more < workers; more++) await stack.startAnother('worker');
    const documents = documentsOf(events(stack.simulated));
    const keyOf = (partner: number): string => keys[stack.accounts.partner(partner).address.toLowerCase()]!;
    return await timed({ apis, workers }, dataSource, () => captureAll(urls, documents, keyOf));
  } finally {
    await dataSource.destroy();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How much of all processors' time was not idle between two looks, 0 to 1. */
function sharesBusy(before: readonly CpuInfo[], after: readonly CpuInfo[]): number {
  const spent = (infos: readonly CpuInfo[], of: (times: CpuInfo['times']) => number): number =>
    infos.reduce((sum, { times }) => sum + of(times), 0);
  const all = ({ user, nice, sys, idle, irq }: CpuInfo['times']): number => user + nice + sys + idle + irq;
  const idle = spent(after, (times) => times.idle) - spent(before, (times) => times.idle);
  return Math.round(100 * (1 - idle / (spent(after, all) - spent(before, all)))) / 100;
}

async function timed(
  formation: object,
  dataSource: DataSource,
  capture: () => Promise<void>,
): Promise<object> {
  const load = loadavg()[0] ?? 0;
  const before = cpus();
  const startMs = performance.now();
  const seconds = (): number => Math.round((performance.now() - startMs) / 100) / 10;
  await capture();
  const captured = seconds();
  await until(
    dataSource,
    'all anchored and indexed',
    `SELECT (SELECT count(*) FROM epcis_event) = (SELECT count(*) FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
       JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root) AS done`,
  );
  const anchored = seconds();
  await until(dataSource, 'all audited', 'SELECT NOT EXISTS (SELECT 1 FROM audit_queue) AS done');
  const audited = seconds();
  const busy = sharesBusy(before, cpus());
  const [counts]: [{ stored: number }] = await dataSource.query(
    `SELECT (SELECT count(*)::int FROM epcis_event) AS stored, (SELECT count(*)::int FROM anchor_leaf) AS sealed,
       (SELECT count(DISTINCT event_id)::int FROM anchor_leaf) AS "sealedOnce"`,
  );
  const [{ count: overlapping }]: [{ count: number }] = await dataSource.query(DOUBLED);
  return {
    ...formation,
    ...counts,
    overlappingJobs: overlapping,
    secondsFromStart: { captured, anchored, audited },
    capturedPerSecond: Math.round(counts.stored / captured),
    auditedPerSecond: Math.round(counts.stored / audited),
    processorsBusy: busy,
    secondsOfWorkByStage: Object.fromEntries(
      ((await dataSource.query(BUSY)) as { name: string; seconds: number }[])
        .filter(({ seconds: worked }) => worked >= 0.1)
        .map(({ name, seconds: worked }) => [name, worked]),
    ),
    loadAverageAtStart: Math.round(load * 10) / 10,
  };
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
const formations: object[] = [];
for (const formation of FORMATIONS) {
  formations.push(await measure(formation));
  process.stdout.write(`${JSON.stringify(formations.at(-1))}\n`);
  // Half an hour's measurements are kept though the next one should fail.
  writeFileSync(
    RESULTS,
    `${JSON.stringify({ machine, node: process.version, world: WORLD, events: EVENTS, formations }, null, 2)}\n`,
  );
}
