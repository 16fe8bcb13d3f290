import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { documentOf, NAMES } from './labelled-events.fixture.js';
import type { RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';

let api: ApiUnderTest;
let rest: RestClient;

/** Values of `example:size`, in ascending order; what is equal stands in one row, and nothing is nothing. */
const ASCENDING: readonly (readonly unknown[])[] = [
  [-3],
  [0.5],
  [2, 2, '2'],
  ['10', 10],
  [1e300],
  ['2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00Z'],
  ['2026-01-05T09:00:00.5Z'],
  ['2027-02-30T00:00:00Z'],
  ['Zebra'],
  ['apple', ['apple', 'zoo']],
  ['apple pie'],
  ['äpfel'],
  [undefined, undefined, undefined],
];

beforeAll(async () => {
  ({ api, rest } = await startRest());
  const values = ASCENDING.flatMap((row, rank) => row.map((size) => ({ rank, size })));
  const events = values.map(({ rank, size }, index) => ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    // Neither in the order of time nor in that of storing.
    eventTime: new Date(Date.UTC(2026, 0, 5, (index * 7) % 24, index)).toISOString(),
    eventTimeZoneOffset: '+00:00',
    epcList: [NAMES.piece(100 + index)],
    'example:rank': rank,
    ...(size === undefined ? {} : { 'example:size': size }),
  }));
  const shuffled = events.map((event, index) => events[(index * 7) % events.length] ?? event);
  const answer = await rest.post('/capture', documentOf(shuffled));
  expect(answer.status).toBe(202);
}, 90_000);
afterAll(() => api?.stop());

async function ranks(search: string): Promise<{ ranks: number[]; epcs: unknown[]; pages: number }> {
  const seen: Record<string, unknown>[] = [];
  let pages = 1;
  let page = await rest.get(`/events?EXISTS_example:rank=true&${search}`);
  for (; ; pages += 1) {
    seen.push(...rest.events(page));
    if (page.headers.get('link') === null) break;
    page = await rest.next(page);
  }
  return {
    ranks: seen.map((event) => Number(event['example:rank'])),
    epcs: seen.flatMap((event) => event['epcList'] as string[]),
    pages,
  };
}

describe('orderBy an extension field', () => {
  const ascending = ASCENDING.flatMap((row, rank) => row.map(() => rank));
  const isMissing = (rank: number): boolean => rank === ASCENDING.length - 1;
  const descending = [
    ...ascending.filter((rank) => !isMissing(rank)).toReversed(),
    ...ascending.filter(isMissing),
  ];

  it.each([
    ['ASC', ascending],
    ['DESC', descending],
  ])('%s: numbers, times, texts, and last what has no such field', async (direction, expected) => {
    const whole = await ranks(`orderBy=example:size&orderDirection=${direction}&perPage=1000`);
    expect(whole.ranks).toEqual(expected);
  });

  it.each(['ASC', 'DESC'])(
    '%s: pages hold every event once, in the order of the whole',
    async (direction) => {
      const whole = await ranks(`orderBy=example:size&orderDirection=${direction}&perPage=1000`);
      const paged = await ranks(`orderBy=example:size&orderDirection=${direction}&perPage=3`);
      expect(paged.pages).toBe(Math.ceil(ascending.length / 3));
      expect(paged.epcs).toEqual(whole.epcs);
      expect(new Set(paged.epcs).size).toBe(ascending.length);
    },
  );

  it('gives the first so many', async () => {
    const top = await ranks('orderBy=example:size&eventCountLimit=4&perPage=3&LT_example:size=1000');
    expect(top.ranks).toEqual([3, 3, 2, 2]);
  });
});
