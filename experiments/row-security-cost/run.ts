import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { asViewer } from '@tallyhouse/database';
import { EventReader } from '@tallyhouse/supply-chain';
import { startPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { connect, fill, FRIEND, grantSome, NEIGHBOUR, OWNER, scopeOf } from './world.js';

const RESULTS = 'experiments/row-security-cost/results.json';
const ROUNDS = Number(process.argv[2] ?? 40);
const PARTNERS = 6;
const EVENTS_EACH = 2_000;
const PAGE = 50;
const WARM_ROUNDS = 5;

/** The same question, asked of a DataSource by whoever surrounds it; its answer as text. */
type Read = (source: DataSource) => Promise<unknown>;
/** In whose name a question is asked. */
type Way = (read: Read) => Promise<unknown>;

const postgres = await startPostgres();
try {
  const url = await postgres.createDatabase('row_security');
  await fill(url, PARTNERS, EVENTS_EACH);
  const [closed, open] = await Promise.all([connect(url, 'private'), connect(url, 'open')]);
  const place = await grantSome(closed);
  const reads = await readsOf(closed, place);
  const ways = waysOf(closed, open);
  const medianRatioToOwner: Record<string, Record<string, number>> = {};
  for (const [name, read] of Object.entries(reads)) medianRatioToOwner[name] = await compare(read, ways);
  const result = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    partners: PARTNERS,
    events: PARTNERS * EVENTS_EACH,
    rounds: ROUNDS,
    medianRatioToOwner,
  };
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  await Promise.all([closed.destroy(), open.destroy()]);
} finally {
  await postgres.stop();
}

/** Questions whose answer is the same for everybody who may see the owner's events at a place. */
async function readsOf(source: DataSource, place: string): Promise<Record<string, Read>> {
  const filter = { partner: OWNER, location: place };
  const { rows } = await new EventReader(source).list(filter, { first: PAGE, after: null });
  const ids = rows.map(({ id }) => id);
  const [{ uri }] = await source.query<[{ uri: string }]>(
    'SELECT uri FROM event_item WHERE event_id = $1 LIMIT 1',
    [ids[0]],
  );
  return {
    'a page of events': (asked) => new EventReader(asked).list(filter, { first: PAGE, after: null }),
    'events by id': (asked) => new EventReader(asked).byIds(ids).then((found) => found.sort(byId)),
    'items of events': (asked) => new EventReader(asked).items(ids),
    'events of an item': (asked) =>
      new EventReader(asked).list({ ...filter, item: uri }, { first: PAGE, after: null }),
    'a count': (asked) =>
      asked.query('SELECT count(*) FROM epcis_event WHERE partner = $1 AND biz_location = $2', [
        OWNER,
        place,
      ]),
  };
}

function byId(left: { id: string }, right: { id: string }): number {
  return left.id < right.id ? -1 : 1;
}

function waysOf(closed: DataSource, open: DataSource): Record<string, Way> {
  return {
    owner: (read) => read(closed),
    'owner, within a transaction': (read) => inTransaction(closed, read),
    'anybody, of open partners': (read) => asViewer(scopeOf(undefined, false), () => read(open)),
    'the partner itself': (read) => asViewer(scopeOf(OWNER, false), () => read(closed)),
    'by a grant of everything': (read) => asViewer(scopeOf(FRIEND, true), () => read(closed)),
    'by a grant of a place': (read) => asViewer(scopeOf(NEIGHBOUR, true), () => read(closed)),
  };
}

/** What the three exchanges of a statement of the api cost without any policy. */
function inTransaction(source: DataSource, read: Read): Promise<unknown> {
  return source.transaction((manager) => read(manager as unknown as DataSource));
}

/** Ways take turns, each first as often; medians over the rounds of each one's time over that of the owner. */
async function compare(read: Read, ways: Record<string, Way>): Promise<Record<string, number>> {
  const names = Object.keys(ways);
  const ratios = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    const ms = new Map<string, number>();
    const answers = new Set<string>();
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round + WARM_ROUNDS) % names.length]!;
      const startMs = performance.now();
      const answer = await ways[name]!(read);
      ms.set(name, performance.now() - startMs);
      answers.add(JSON.stringify(answer));
    }
    if (answers.size !== 1) throw new Error('the ways give different answers');
    if (round >= 0) for (const name of names) ratios.get(name)!.push(ms.get(name)! / ms.get('owner')!);
  }
  return Object.fromEntries(names.map((name) => [name, median(ratios.get(name)!)]));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return Math.round(sorted[Math.floor(sorted.length / 2)]! * 100) / 100;
}
