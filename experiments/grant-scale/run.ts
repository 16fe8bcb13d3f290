import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { asViewer } from '@tallyhouse/database';
import { EventReader } from '@tallyhouse/supply-chain';
import { startPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { JudgeWideGrantsByRow1764000311000 } from '../../migrations/1764000311000-judge-wide-grants-by-row.js';
import { connect, fill, give, grantsOf, OWNER, scopeOf, type Granted } from './world.js';

const RESULTS = 'experiments/grant-scale/results.json';
const EVENTS = Number(process.argv[2] ?? 100_000);
const SIZES = [10, 1_000, 10_000];
const ROUNDS = 5;
const WARM_ROUNDS = 1;
const PAGE = 20;

type Ask = (source: DataSource) => Promise<readonly unknown[]>;

const postgres = await startPostgres();
try {
  const url = await postgres.createDatabase('grant_scale');
  await fill(url, EVENTS, SIZES);
  const source = await connect(url);
  const grants = grantsOf(SIZES);
  await give(source, grants);
  const byRow = await measured(source, grants);
  const runner = source.createQueryRunner();
  await new JudgeWideGrantsByRow1764000311000().down(runner);
  await runner.release();
  const byList = await measured(source, grants);
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    ...{ events: EVENTS, rounds: ROUNDS, medianRatioToOwner: { byList, byRow } },
  };
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  await source.destroy();
} finally {
  await postgres.stop();
}

/** For each grant, how much longer its reader waits for a page and for one event than the owner for its own. */
async function measured(source: DataSource, grants: readonly Granted[]): Promise<Record<string, object>> {
  const ratios: Record<string, object> = {};
  for (const grant of grants) {
    const page: Ask = async (asked) =>
      (await new EventReader(asked).list({ partner: OWNER }, { first: PAGE, after: null })).rows;
    const [first] = await asReader(grant, () => page(source));
    const { id } = first as { id: string };
    const one: Ask = async (asked) => [
      ...(await new EventReader(asked).byIds([id])),
      ...(await new EventReader(asked).items([id])),
    ];
    ratios[grant.name] = {
      page: await compare(source, grant, page),
      event: await compare(source, grant, one),
    };
  }
  return ratios;
}

/** The owner and the reader take turns; the median over the rounds of the one's time over the other's. */
async function compare(source: DataSource, grant: Granted, ask: Ask): Promise<number> {
  const ratios: number[] = [];
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    const own = await timed(() => asViewer(scopeOf(OWNER, false), () => ask(source)));
    const read = await timed(() => asReader(grant, () => ask(source)));
    const expected = Math.min(own.rows, grant.covers);
    if (read.rows < expected) throw new Error(`${grant.name}: ${read.rows} rows instead of ${expected}`);
    if (round >= 0) ratios.push(read.ms / own.ms);
  }
  return median(ratios);
}

function asReader<Value>({ reader }: Granted, read: () => Promise<Value>): Promise<Value> {
  return asViewer(scopeOf(reader, true), read);
}

async function timed(ask: () => Promise<readonly unknown[]>): Promise<{ ms: number; rows: number }> {
  const startMs = performance.now();
  const { length } = await ask();
  return { ms: performance.now() - startMs, rows: length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length / 2)]! * 10) / 10;
}
