import type { Random } from '@tallyhouse/compute';
import type { LoadDocuments } from './documents.js';
import type { LoadVoters } from './voters.js';

const PATIENCE_MS = 30_000;

/** What one request came to: a word for what went wrong, or undefined. */
export type Failure = string | undefined;

/** What can be asked of a running Tallyhouse. */
export interface Target {
  readonly url: string;
  readonly documents: LoadDocuments;
  readonly voters: LoadVoters;
  /** Things that exist, to ask for. */
  readonly known: {
    readonly eventIds: readonly string[];
    readonly items: readonly string[];
    readonly seriesIds: readonly string[];
  };
}

/** A kind of request with its share of all. */
export interface Kind {
  readonly name: string;
  readonly share: number;
  readonly send: (target: Target, random: Random) => Promise<Failure>;
}

const read =
  (query: string, variables: (target: Target, random: Random) => object = () => ({})): Kind['send'] =>
  (target, random) =>
    graphql(target.url, query, variables(target, random));

const one = <Value>(list: readonly Value[], random: Random): Value => list[random.below(list.length)]!;

/** Two thirds reads, a fifth captures, the rest votes: what a day of one installation looks like, made denser. */
export const KINDS: readonly Kind[] = [
  {
    name: 'graphql events',
    share: 14,
    send: read(
      'query E($filter: EventFilter) { events(first: 20, filter: $filter) { edges { node { id eventTime bizStep status } } pageInfo { hasNextPage } } }',
      (_, random) => ({ filter: { bizStep: one(['shipping', 'receiving', 'commissioning'], random) } }),
    ),
  },
  {
    name: 'graphql event',
    share: 14,
    send: read(
      'query E($id: ID!) { event(id: $id) { id status body anchor { root txHash } } }',
      (target, random) => ({
        id: one(target.known.eventIds, random),
      }),
    ),
  },
  {
    name: 'graphql item',
    share: 8,
    send: read('query I($uri: String!) { item(uri: $uri) { uri } }', (target, random) => ({
      uri: one(target.known.items, random),
    })),
  },
  {
    name: 'graphql series',
    share: 6,
    send: read('query S($id: ID!) { forecast(seriesId: $id) { points { step } } }', (target, random) => ({
      id: one(target.known.seriesIds, random),
    })),
  },
  {
    name: 'graphql findings',
    share: 6,
    send: read('{ findings(first: 20) { edges { node { id rule } } } }'),
  },
  {
    name: 'graphql proposals',
    share: 8,
    send: read('{ proposals(first: 5) { edges { node { id state } } } }'),
  },
  {
    name: 'graphql proof',
    share: 4,
    send: read('query P($id: ID!) { proof(eventId: $id) { leaf } }', (target, random) => ({
      id: one(target.known.eventIds, random),
    })),
  },
  {
    name: 'rest events',
    share: 10,
    send: ({ url }, random) =>
      http(`${url}/epcis/v2/events?EQ_bizStep=${one(['shipping', 'receiving'], random)}&perPage=20`, {
        headers: { 'GS1-EPCIS-Version': '2.0.0' },
      }),
  },
  { name: 'graphql capture', share: 10, send: ({ documents, url }) => documents.captureByGraphql(url) },
  { name: 'rest capture', share: 10, send: ({ documents, url }) => documents.captureByRest(url) },
  { name: 'vote', share: 10, send: ({ voters }) => voters.vote() },
];

/** Asks by GraphQL; an error of the answer counts as one. */
export async function graphql(
  url: string,
  query: string,
  variables: object = {},
  apiKey?: string,
): Promise<Failure> {
  const headers = { 'content-type': 'application/json', ...(apiKey ? { 'x-api-key': apiKey } : {}) };
  const body = JSON.stringify({ query, variables });
  return http(`${url}/graphql`, { method: 'POST', headers, body }, (text) => {
    const { errors, data } = JSON.parse(text) as {
      errors?: readonly { message: string; extensions?: { code?: string } }[];
      data?: { captureEvents?: { state: string } };
    };
    if (errors) return errors[0]?.extensions?.code ?? errors[0]?.message ?? 'GraphQL error';
    const state = data?.captureEvents?.state;
    return state === undefined || state === 'SUCCEEDED' ? undefined : `capture ${state}`;
  });
}

/** One request by HTTP, within {@link PATIENCE_MS}. */
export async function http(
  url: string,
  init: RequestInit,
  judge: (text: string) => Failure = () => undefined,
): Promise<Failure> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    return response.ok ? judge(text) : `HTTP ${response.status} ${codeOf(text)}`;
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? name;
  }
}

function codeOf(text: string): string {
  return /"code":"(\w+)"/.exec(text)?.[1] ?? /"type":"([\w:]+)"/.exec(text)?.[1] ?? '';
}
