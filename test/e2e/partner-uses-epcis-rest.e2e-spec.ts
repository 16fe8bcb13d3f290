import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, toDocument } from '@tallyhouse/simulation';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored } from './kit/loop.js';

type Event = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const BEHAVIOUR = 'GS1-Capture-Error-Behaviour';

describe('a partner uses the EPCIS REST interface', () => {
  let journey: JourneyStack;
  let sent: Event[];
  let apiKey: string;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 11, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack, apiKeys } = journey;
    const [first] = events(stack.simulated);
    sent = [...events(stack.simulated)]
      .filter((event) => event.partner === first!.partner)
      .slice(0, 40)
      .map(({ event }) => event as Event);
    apiKey = apiKeys[stack.accounts.partner(first!.partner).address.toLowerCase()]!;
  }, 120_000);
  afterAll(() => journey.stop(), 60_000);

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${journey.stack.apiUrl}${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  /** Every event that a query finds, page after page, as it was sent. */
  async function everyPage(path: string): Promise<{ found: Event[]; pages: number }> {
    const found: Event[] = [];
    let pages = 0;
    for (let next: string | undefined = path; next !== undefined; pages += 1) {
      const { status, headers, body } = await ask(next);
      expect(status).toBe(200);
      const { epcisBody } = body as {
        epcisBody: { queryResults: { resultsBody: { eventList: Event[] } } };
      };
      for (const { recordTime, ...event } of epcisBody.queryResults.resultsBody.eventList) {
        expect(Date.parse(String(recordTime))).not.toBeNaN();
        found.push(event);
      }
      next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    return { found, pages };
  }

  it('a document is accepted, its job succeeds, and its events are anchored', async () => {
    const capture = await ask('/epcis/v2/capture', {
      method: 'POST',
      headers: { 'content-type': 'application/ld+json', 'x-api-key': apiKey, [BEHAVIOUR]: 'rollback' },
      body: JSON.stringify(toDocument(sent as never, '2025-02-01T00:00:00Z')),
    });
    expect([capture.status, capture.headers.get(BEHAVIOUR)]).toEqual([202, 'rollback']);
    const job = await ask(capture.headers.get('location') ?? '');
    expect(job.body).toMatchObject({ running: false, success: true, stored: sent.length, errors: [] });
    const { captured, anchored } = await allAnchored(journey);
    expect([captured, anchored]).toEqual([sent.length, sent.length]);
  }, 120_000);

  it('queries by EPC and by step find, in pages, what was sent', async () => {
    const bySteps = Map.groupBy(sent, (event) => String(event['bizStep']));
    const [step, ofStep] = [...bySteps].toSorted((a, b) => b[1].length - a[1].length)[0]!;
    const perPage = Math.ceil(ofStep.length / 3);
    const steps = await everyPage(
      `/epcis/v2/events?EQ_bizStep=${encodeURIComponent(step)}&perPage=${perPage}&orderBy=eventTime`,
    );
    expect(steps.pages).toBe(Math.ceil(ofStep.length / perPage));
    expect(steps.pages).toBeGreaterThan(1);
    expect(inOneOrder(steps.found)).toEqual(inOneOrder(ofStep));

    const epc = sent.flatMap((event) => epcsOf(event))[0]!;
    const naming = sent.filter((event) => epcsOf(event).includes(epc));
    const epcs = await everyPage(`/epcis/v2/epcs/${encodeURIComponent(epc)}/events?perPage=1`);
    expect([epcs.pages, inOneOrder(epcs.found)]).toEqual([naming.length, inOneOrder(naming)]);
    const all = await everyPage('/epcis/v2/events?perPage=7');
    expect(inOneOrder(all.found)).toEqual(inOneOrder(sent));
  }, 60_000);

  it('a misspelt parameter is refused by name, with the one that was meant', async () => {
    const { status, headers, body } = await ask('/epcis/v2/events?EQ_bizstep=shipping');
    expect([status, headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(body).toMatchObject({
      type: 'epcisException:QueryParameterException',
      detail: expect.stringMatching(/EQ_bizstep.*EQ_bizStep/),
    });
  });

  it('without a key nothing is captured', async () => {
    const { status } = await ask('/epcis/v2/capture', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(status).toBe(401);
  });
});

function epcsOf(event: Event): string[] {
  const lists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'].map((list) => event[list] ?? []);
  return [...lists, event['parentID'] ?? []].flat() as string[];
}

function inOneOrder(list: readonly Event[]): Event[] {
  return list.toSorted((a, b) => (JSON.stringify(sortedKeys(a)) < JSON.stringify(sortedKeys(b)) ? -1 : 1));
}

function sortedKeys(event: Event): [string, unknown][] {
  return Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
