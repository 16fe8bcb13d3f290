import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { LABELLED_EVENTS } from './labelled-events.fixture.js';
import type { Answer, RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';
import { CHOOSING, CUTTING } from './standard-parameters.fixture.js';

const OPENAPI = join(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
  'epcis/schema/epcis-openapi-2.0.json',
);
/** Parameters of lists and of subscriptions, which no query has. */
const NOT_OF_QUERIES =
  /^(?:perPage|nextPageToken|second|minute|hour|dayOfMonth|month|dayOfWeek|reportIfEmpty|stream|initialRecordTime)$/;
const names = CHOOSING.map(([name]) => name);
const isPresence = (name: string): boolean => name.startsWith('EXISTS_');

let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  ({ api, rest } = await startRest());
}, 90_000);
afterAll(() => api?.stop());

const asked = (parameters: Record<string, string>): Promise<Answer> =>
  rest.get(`/events?${new URLSearchParams(parameters).toString()}`);
const labels = (answer: Answer): string =>
  rest
    .events(answer)
    .map((event) => String(event['example:label']))
    .toSorted()
    .join(' ');

describe('the 61 parameters of EPCIS 2.0 with fixed names', () => {
  it('are all here', () => {
    expect(new Set([...names, ...CUTTING]).size).toBe(61);
    if (!existsSync(OPENAPI)) return console.warn(`The REST bindings are not at ${OPENAPI}`);
    const { components } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as {
      components: { parameters: Record<string, { in: string; name: string }> };
    };
    const bound = Object.values(components.parameters)
      .filter((parameter) => parameter.in === 'query' && !NOT_OF_QUERIES.test(parameter.name))
      .map(({ name }) => name);
    expect(bound.length).toBeGreaterThan(50);
    expect(bound.filter((name) => !names.includes(name) && !CUTTING.some((cut) => cut === name))).toEqual([]);
  });

  it.each(CHOOSING)('%s=%s finds %s', async (name, met, expected) => {
    expect(labels(await asked({ [name]: met }))).toBe(expected);
  });

  it.each(CHOOSING.filter(([name]) => !isPresence(name)))(
    '%s finds nothing else',
    async (name, _, __, missed) => {
      expect(labels(await asked({ [name]: missed }))).toBe('');
    },
  );

  it.each(names.filter(isPresence))(
    '%s asks for nothing when it is false, and needs no value',
    async (name) => {
      expect(rest.events(await asked({ [name]: 'false' }))).toHaveLength(LABELLED_EVENTS.length);
      expect(labels(await asked({ [name]: '' }))).toBe(labels(await asked({ [name]: '1' })));
    },
  );

  it('a kept query takes each of them, as the JSON Schema of queries writes values', async () => {
    const query = Object.fromEntries(
      CHOOSING.slice(0, 46).map(([name, met]) => [name, isPresence(name) ? null : met.split('|')]),
    );
    const answer = await rest.post('/queries', {
      name: 'everything',
      query: { ...query, orderBy: 'eventTime' },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  });

  it.each([...names, ...CUTTING])('%s with another letter is refused by name', async (name) => {
    const answer = await asked({ [`${name}x`]: 'true' });
    const { detail } = answer.body as { detail: string };
    expect([answer.status, detail.startsWith(`${name}x: is no parameter`), detail.includes(name)]).toEqual([
      400,
      true,
      true,
    ]);
  });

  it('the JSON Schema’s own spelling of two of them is the same', async () => {
    expect(labels(await asked({ GE_errorDeclaration_Time: '2026-01-06T00:00:00Z' }))).toBe('corrected');
    expect(labels(await asked({ LT_errorDeclaration_Time: '2026-01-06T00:00:00Z' }))).toBe('');
  });
});
