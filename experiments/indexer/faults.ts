import { createPrng } from '@tallyhouse/simulation';
import type { LocalPostgres } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { digestFacts } from '../../apps/cli/src/reindex/fact-digest.js';
import { withClient } from './ceilings.js';
import { FAULTS, HonestAnswers, LyingEndpoint, type Fault } from './lying-endpoint.js';
import { madeChain, type MadeChain } from './make-chain.js';
import { runOurs, type IndexerRun } from './our-indexer.js';

const EVENTS = 3_000;
/** Endpoints that lie, each of which has to be caught before the honest one is asked. */
const LIARS = 50;
const SEED = 11;
const SAID: Readonly<Record<Fault, RegExp>> = {
  drop: /^log \d+ is left out$/,
  alter: /^log \d+ has other (data|topics)$/,
  invent: /^log 1\d{4} is invented$/,
};

/** Fifty endpoints of each kind of fault, and one honest one: who is caught, what is said, and whether a row is wrong. */
export async function faults(postgres: LocalPostgres): Promise<object> {
  const made = await madeChain(EVENTS);
  const chain = await made.start();
  try {
    const honest = await index(postgres, made, 'honest', [chain.rpcUrl]);
    const answers = new HonestAnswers(chain.rpcUrl);
    const table: object[] = [];
    for (const fault of FAULTS) {
      const liars = await Promise.all(
        Array.from({ length: LIARS }, (_, index) =>
          LyingEndpoint.start(answers, fault, createPrng(SEED, `${fault} ${index}`)),
        ),
      );
      const last = await LyingEndpoint.start(answers, undefined, createPrng(SEED));
      const urls = [...liars, last].map(({ host }) => `http://${host}`);
      const found = await index(postgres, made, fault, urls);
      table.push(row(fault, liars, found, honest.digest));
      for (const endpoint of [...liars, last]) endpoint.stop();
    }
    return { events: made.events, blocks: made.blocks, endpointsOfEachKind: LIARS, table };
  } finally {
    await chain.stop();
  }
}

type Found = IndexerRun & { readonly digest: string };

async function index(
  postgres: LocalPostgres,
  { deploymentPath, deployment }: MadeChain,
  name: string,
  rpcUrls: readonly string[],
): Promise<Found> {
  const databaseUrl = await postgres.createDatabase(name);
  await migrate(databaseUrl);
  const run = await runOurs({ databaseUrl, rpcUrls, deploymentPath, verify: 'all' });
  const { digest } = await withClient(databaseUrl, (client) => digestFacts(client, deployment.chainId, 1e9));
  return { ...run, digest };
}

interface Benched {
  readonly event: string;
  readonly endpoint: string;
  readonly blockNumber: number;
  readonly difference: string;
}

function row(fault: Fault, liars: readonly LyingEndpoint[], found: Found, honestDigest: string): object {
  const benched = found.log.filter(({ event }) => event === 'endpoint-benched') as unknown as Benched[];
  const byHost = new Map(liars.map((liar) => [liar.host, liar]));
  const rightlyNamed = benched.filter(({ endpoint, blockNumber, difference }) => {
    const liar = byHost.get(endpoint);
    return liar?.lies.includes(blockNumber) && SAID[fault].test(difference);
  });
  return {
    fault,
    answersWithAFault: liars.reduce((sum, { lies }) => sum + lies.length, 0),
    endpointsThatLied: liars.filter(({ lies }) => lies.length > 0).length,
    caughtAndBenched: benched.length,
    endpointBlockAndDifferenceNamedRightly: rightlyNamed.length,
    rowsEqualThoseOfAnHonestChain: found.digest === honestDigest,
  };
}
