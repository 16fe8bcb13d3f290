import { seededRandom } from '@tallyhouse/compute';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { bulkInsert } from '@tallyhouse/database';
import { edgesOf, EdgeBuilder, edgesSql, Bindings, NOW, TraceReader } from '@tallyhouse/audit';
import { startPostgres } from '@tallyhouse/testing';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { CaptureService } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../migrations/data-source.js';
import { lotOf, networkEvents, type GraphShape } from './make-graph.js';

const SEED = 4;
const TRACES = 200;
const SHAPE: GraphShape = { stages: 11, lotsAStage: 12_000, maxInputs: 2 };
const BOUNDS = { maxDepth: 20, maxNodes: 50_000 };
const FOLDER = 'experiments/trace-depth';
const ROWS_A_STATEMENT = 20_000;
const COLUMNS = {
  ...{ seq: 'bigint', ordinal: 'int', kind: 'text', action: 'text', source: 'text', target: 'text' },
  ...{ by_class: 'boolean', quantity: 'numeric', uom: 'text', at: 'timestamptz', event_id: 'uuid' },
  record_time: 'timestamptz',
};

/** Writes the edges of events as the worker's stage does, without the events. */
async function fill(source: DataSource, events: Iterable<EpcisEvent>): Promise<number> {
  let rows: unknown[][] = [];
  let written = 0;
  let seq = 0;
  const flush = async (): Promise<void> => {
    await bulkInsert(source, 'edge', COLUMNS, rows);
    written += rows.length;
    rows = [];
  };
  for (const event of events) {
    seq += 1;
    const id = randomUUID();
    edgesOf(id, event).forEach((edge, ordinal) => {
      const { kind, action, source: from, target, byClass, quantity, uom } = edge;
      rows.push([
        seq,
        ordinal,
        kind,
        action,
        from,
        target,
        byClass,
        quantity,
        uom,
        event.eventTime,
        id,
        event.eventTime,
      ]);
    });
    if (rows.length >= ROWS_A_STATEMENT) await flush();
  }
  await flush();
  await source.query('VACUUM ANALYZE edge');
  return written;
}

/** The rows that the stage makes of captured events, but for what differs by design: event ids and times of arrival. */
async function sameRowsAsTheStage(source: DataSource): Promise<boolean> {
  const shape = { stages: 4, lotsAStage: 20, maxInputs: 2 };
  const content = `SELECT kind, action, source, target, by_class, quantity, uom, at FROM edge
    WHERE kind NOT IN ('INPUT', 'OUTPUT') ORDER BY at, seq, ordinal`;
  const processes = `SELECT i.source, o.target, i.quantity, i.uom, i.at FROM edge i JOIN edge o
    ON o.source = i.target AND o.kind = 'OUTPUT' WHERE i.kind = 'INPUT' ORDER BY i.at, 1, 2`;
  const read = async (): Promise<string> =>
    JSON.stringify([await source.query(content), await source.query(processes)]);
  await fill(source, networkEvents(seededRandom(SEED), shape));
  const direct = await read();
  await source.query('TRUNCATE edge');
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2025-01-01T00:00:00Z' },
    epcisBody: { eventList: [...networkEvents(seededRandom(SEED), shape)] },
  };
  const partner = '0x00000000000000000000000000000000000000a1';
  await new CaptureService(source).capture(document, { partner, errorBehaviour: 'ROLLBACK' });
  await new EdgeBuilder(source).run();
  const built = await read();
  await source.query('TRUNCATE edge');
  return direct.length > 1_000 && direct === built;
}

interface Timed {
  readonly ms: number;
  readonly nodes: number;
  readonly edges: number;
  readonly depth: number;
}

async function timeTraces(
  source: DataSource,
  direction: 'FORWARD' | 'BACKWARD',
  stage: number,
): Promise<Timed[]> {
  const traces = new TraceReader(source);
  const random = seededRandom(SEED + stage);
  const timed: Timed[] = [];
  for (let count = 0; count < TRACES; count++) {
    const start = lotOf(stage, random.below(SHAPE.lotsAStage));
    const begun = performance.now();
    const { nodes, edges } = await traces.trace([start], direction, BOUNDS);
    const depth = Math.max(...nodes.map((node) => node.depth));
    timed.push({ ms: performance.now() - begun, nodes: nodes.length, edges: edges.length, depth });
  }
  return timed;
}

function summary(timed: readonly Timed[]): object {
  const quantile = (of: (one: Timed) => number, share: number): number => {
    const sorted = timed.map(of).sort((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! * 10) / 10;
  };
  const spread = (of: (one: Timed) => number) => ({
    p50: quantile(of, 0.5),
    p95: quantile(of, 0.95),
    max: quantile(of, 1),
  });
  return {
    milliseconds: spread(({ ms }) => ms),
    nodes: spread(({ nodes }) => nodes),
    edges: spread(({ edges }) => edges),
    depthReached: spread(({ depth }) => depth),
  };
}

async function planOf(source: DataSource): Promise<string> {
  const bindings = new Bindings();
  const nodes = Array.from({ length: 50 }, (_, index) => ({
    uri: lotOf(3, index),
    from: -Infinity,
    to: Infinity,
  }));
  const kinds = [
    'AGGREGATION',
    'ASSOCIATION',
    'INPUT',
    'LOT',
    'DEPARTURE',
    'DESTINATION',
    'ARRIVAL',
  ] as const;
  const sql = edgesSql(nodes, { side: 'source', kinds }, { asOf: NOW, wrongOnChain: [] }, 1_000, bindings);
  const rows: { 'QUERY PLAN': string }[] = await source.query(
    `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${sql}`,
    bindings.values,
  );
  return `-- One level of a forward trace: 50 lots at once.\n${sql.replaceAll(/^ {4}/gm, '').trim()}\n\n${rows
    .map((row) => `-- ${row['QUERY PLAN']}`)
    .join('\n')}\n`;
}

const postgres = await startPostgres();
const source = await migrationDataSource(await postgres.createDatabase('trace')).initialize();
await source.runMigrations();
const sameRows = await sameRowsAsTheStage(source);
const begun = performance.now();
const edges = await fill(source, networkEvents(seededRandom(SEED), SHAPE));
const fillSeconds = (performance.now() - begun) / 1_000;
await timeTraces(source, 'FORWARD', 0);
const loadBefore = loadavg()[0];
const results = {
  machine: { cpus: cpus().length, loadBefore, model: cpus()[0]?.model },
  seed: SEED,
  shape: SHAPE,
  edges,
  edgesWrittenASecond: Math.round(edges / fillSeconds),
  sameRowsAsTheStage: sameRows,
  tracesEach: TRACES,
  bounds: BOUNDS,
  forwardFromRawMaterial: summary(await timeTraces(source, 'FORWARD', 0)),
  backwardFromTheLastStage: summary(await timeTraces(source, 'BACKWARD', SHAPE.stages - 1)),
  loadAfter: loadavg()[0],
};
await writeFile(`${FOLDER}/results.json`, `${JSON.stringify(results, null, 2)}\n`);
await writeFile(`${FOLDER}/plan.sql`, await planOf(source));
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
await source.destroy();
await postgres.stop();
