import type { LocalPostgres } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { digestFacts } from '../../apps/cli/src/reindex/fact-digest.js';
import { copyCeiling, getLogsCeiling, withClient, type Ceiling } from './ceilings.js';
import { madeChain, type MadeChain } from './make-chain.js';
import { runOurs, type IndexerRun } from './our-indexer.js';
import { installPonder, runPonder } from './ponder-peer.js';

const EVENTS = 100_000;
const ROUNDS = 3;
const MODES = ['off', 'sample', 'all'] as const;
/** What the other side writes too, each with the name that it has there. */
const SHARED = { token_transfer: 'transfer', delegate_votes_changed: 'votes', trace_anchored: 'anchored' };

type Mode = (typeof MODES)[number];
type Counts = Record<string, number>;

/** 100,000 events from nothing to the head: ours, Ponder, and what nobody can be faster than. */
export async function throughput(postgres: LocalPostgres): Promise<object> {
  const made = await madeChain(EVENTS);
  const version = await installPonder();
  const chain = await made.start();
  try {
    const place = { postgres, made, rpcUrl: chain.rpcUrl };
    const rounds: Round[] = [];
    const ceilings: Ceiling[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // All take turns, so that other work on the machine disturbs each alike.
      for (const mode of MODES) rounds.push(await ours(place, mode, round));
      ceilings.push(await getLogsCeiling(chain.rpcUrl, made.deployment, made.blocks));
      const empty = await postgres.createDatabase(`ceiling_${round}`);
      ceilings.push(await copyCeiling(postgres.url(`off_${round}`), empty, Object.keys(SHARED)));
    }
    const ponder = await peer(place);
    if (new Set(rounds.map(({ digest }) => digest)).size !== 1) throw new Error('the indexes are not equal');
    if (JSON.stringify(rounds[0]?.counts) !== JSON.stringify(ponder.counts))
      throw new Error(`not the same events: ${JSON.stringify([rounds[0]?.counts, ponder.counts])}`);
    return report(made, rounds, { ...ponder, version }, ceilings);
  } finally {
    await chain.stop();
  }
}

interface Place {
  readonly postgres: LocalPostgres;
  readonly made: MadeChain;
  readonly rpcUrl: string;
}

interface Round extends IndexerRun {
  readonly mode: Mode;
  readonly counts: Counts;
  readonly facts: number;
  readonly digest: string;
}

async function ours({ postgres, made, rpcUrl }: Place, verify: Mode, round: number): Promise<Round> {
  const databaseUrl = await postgres.createDatabase(`${verify}_${round}`);
  await migrate(databaseUrl);
  const { deploymentPath, deployment } = made;
  const run = await runOurs({ databaseUrl, rpcUrls: [rpcUrl], deploymentPath, verify });
  return withClient(databaseUrl, async (client) => {
    const { rows: facts, digest, tables } = await digestFacts(client, deployment.chainId, 1e9);
    const rowsOf = (table: string): number => tables.find(({ name }) => name === table)?.rows ?? 0;
    const counts = Object.fromEntries(Object.entries(SHARED).map(([table, kind]) => [kind, rowsOf(table)]));
    return { ...run, mode: verify, facts, digest, counts };
  });
}

async function peer({ postgres, made, rpcUrl }: Place): Promise<IndexerRun & { counts: Counts }> {
  const databaseUrl = await postgres.createDatabase('ponder');
  const setting = { databaseUrl, rpcUrls: [rpcUrl], deploymentPath: made.deploymentPath };
  const run = await runPonder(setting, made.blocks);
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ kind: string; rows: number }>(
      'SELECT kind, count(*)::integer AS rows FROM bench.fact GROUP BY kind',
    );
    const counted = new Map(rows.map((each) => [each.kind, each.rows]));
    return {
      ...run,
      counts: Object.fromEntries(Object.values(SHARED).map((kind) => [kind, counted.get(kind) ?? 0])),
    };
  });
}

function report(
  made: MadeChain,
  rounds: readonly Round[],
  ponder: IndexerRun & { counts: Counts; version: string },
  ceilings: readonly Ceiling[],
): object {
  const events = Object.values(ponder.counts).reduce((sum, count) => sum + count, 0);
  const ponderRate = rate(events, ponder.workMs);
  const best = new Map<string, number[]>();
  for (const { what, ms, events: counted } of ceilings)
    best.set(what, [...(best.get(what) ?? []), rate(counted, ms)]);
  const limits = [...best].map(([what, rates]) => ({
    what,
    eventsPerSecond: median(rates),
    ofRounds: rates,
  }));
  const tighter = Math.min(...limits.map(({ eventsPerSecond }) => eventsPerSecond));
  const modes = MODES.map((mode) => {
    const own = rounds.filter((round) => round.mode === mode);
    const eventsPerSecond = median(own.map(({ facts, workMs }) => rate(facts, workMs)));
    return {
      ...{
        mode,
        eventsPerSecond,
        workMs: own.map(({ workMs }) => workMs),
        wallMs: own.map(({ wallMs }) => wallMs),
      },
      peakMiB: Math.max(...own.map(({ peakMiB }) => peakMiB)),
      timesPonder: ratio(eventsPerSecond, ponderRate),
      ofTighterCeiling: ratio(eventsPerSecond, tighter),
    };
  });
  const { workMs, wallMs, peakMiB, version, counts } = ponder;
  return {
    ...{
      events: made.events,
      blocks: made.blocks,
      facts: rounds[0]?.facts,
      digest: rounds[0]?.digest,
      counts,
    },
    modes,
    ponder: { version, eventsPerSecond: ponderRate, workMs, wallMs, peakMiB },
    ceilings: limits,
  };
}

function rate(events: number, ms: number): number {
  return Math.round((events / ms) * 1_000);
}

function ratio(a: number, b: number): number {
  return Math.round((a / b) * 100) / 100;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}
