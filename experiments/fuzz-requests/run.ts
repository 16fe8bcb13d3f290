import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { seededRandom, type Random } from '@tallyhouse/compute';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { events, simulate, toDocument, type SimulatedEvent } from '@tallyhouse/simulation';
import { sent, type Attack, type Outcome } from './attack.js';
import { authAttack } from './auth-attacks.js';
import { graphqlAttack } from './graphql-attacks.js';
import { startOwnApi, type OwnApi } from './own-api.js';
import { captureAttack, restAttack } from './rest-attacks.js';

const COUNT = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 6);
const AT_ONCE = 8;
const SHOWN = 20;
const RESULTS = 'experiments/fuzz-requests/results.json';
const WORLD = { seed: 3, start: '2026-01-01', months: 1, scale: 1 };
const WORLD_EVENTS = 400;
const DOCUMENT_EVENTS = 4;

const DOCUMENTS = documents();

type Surface = 'graphql' | 'rest' | 'capture' | 'auth';
type Tally = Record<Surface, Record<string, number>>;

interface Failure {
  readonly number: number;
  readonly surface: Surface;
  readonly outcome: Outcome;
  readonly attack: Attack;
}

/** The attack of a number is the same in each run of a seed, whatever came before it. */
function attackOf(
  random: Random,
  schema: GraphQLSchema,
  { apiKey }: OwnApi,
): { surface: Surface; attack: Attack } {
  const kind = random.below(10);
  if (kind < 4) return { surface: 'graphql', attack: graphqlAttack(random, schema, apiKey) };
  if (kind < 7) return { surface: 'rest', attack: restAttack(random, apiKey) };
  if (kind < 9) return { surface: 'capture', attack: captureAttack(random, DOCUMENTS, apiKey) };
  return { surface: 'auth', attack: authAttack(random) };
}

async function schemaOf({ url }: OwnApi): Promise<GraphQLSchema> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data } = (await response.json()) as { data: IntrospectionQuery };
  return buildClientSchema(data);
}

/** Documents of a small world, which are captured as they are before they are changed. */
function documents(): object[] {
  const kept: SimulatedEvent['event'][] = [];
  for (const { event } of events(simulate(WORLD))) if (kept.push(event) === WORLD_EVENTS) break;
  return Array.from({ length: Math.ceil(kept.length / DOCUMENT_EVENTS) }, (_, index) =>
    toDocument(kept.slice(index * DOCUMENT_EVENTS, (index + 1) * DOCUMENT_EVENTS), '2026-03-01T00:00:00Z'),
  );
}

async function captureAll({ url, apiKey }: OwnApi): Promise<void> {
  for (const document of DOCUMENTS) {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
    const { status } = await fetch(`${url}/epcis/v2/capture`, {
      method: 'POST',
      headers,
      body: JSON.stringify(document),
    });
    if (status !== 202) throw new Error(`a document of the world was refused with ${status}`);
  }
}

function isFailure(outcome: Outcome): boolean {
  if (typeof outcome !== 'number') return true;
  return outcome >= 500 && outcome !== 501 && outcome !== 503;
}

async function attackAll(api: OwnApi, tally: Tally): Promise<Failure[]> {
  const schema = await schemaOf(api);
  const failures: Failure[] = [];
  const seeded = seededRandom(SEED);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < COUNT) {
      const number = next++;
      const { surface, attack } = attackOf(seeded.fork(number), schema, api);
      const outcome = await sent(api.url, attack);
      tally[surface][outcome] = (tally[surface][outcome] ?? 0) + 1;
      if (outcome !== 'UNSENDABLE' && isFailure(outcome)) failures.push({ number, surface, outcome, attack });
      if (number % 1_000 === 999) console.log(`${number + 1} of ${COUNT}, ${failures.length} failures`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return failures;
}

const api = await startOwnApi();
try {
  await captureAll(api);
  const tally: Tally = { graphql: {}, rest: {}, capture: {}, auth: {} };
  const failures = await attackAll(api, tally);
  const alive = (await fetch(`${api.url}/ready`)).status === 200;
  const results = { requests: COUNT, seed: SEED, alive, failures: failures.length, outcomes: tally };
  console.log(JSON.stringify({ ...results, shown: failures.slice(0, SHOWN) }, null, 2));
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  process.exitCode = alive && failures.length === 0 ? 0 : 1;
} finally {
  await api.stop();
}
