import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, toDocument, type SimulatedEvent } from '@tallyhouse/simulation';
import { freePort, startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '@tallyhouse/testing';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { ask } from './kit/api.js';
import { takeDatabaseAway } from './kit/database-outage.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { metricsExposed, metricsNamed } from './kit/metric-names.js';

const DAY_MS = 86_400_000;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT_SPAN = '00f067aa0ba902b7';
const METRICS_TOKEN = 'token-of-this-journey';

/** What has to be in the trace of one capture, and which process says it. */
const STEPS = [
  ['POST /epcis/v2/capture', 'tallyhouse-api'],
  ['capture events', 'tallyhouse-api'],
  ['seal batch', 'tallyhouse-worker'],
  ['anchor batch', 'tallyhouse-worker'],
  ['index batch', 'tallyhouse-indexer'],
  ['graph stage', 'tallyhouse-worker'],
  ['audit stage', 'tallyhouse-worker'],
  ['series stage', 'tallyhouse-worker'],
  ['forecast stage', 'tallyhouse-worker'],
  ['commit stage', 'tallyhouse-worker'],
] as const;

describe('an operator who looks inside', () => {
  let receiver: OtlpReceiver;
  let journey: JourneyStack;
  let document: object;
  let apiKey: string;
  const ports = { API_METRICS_PORT: 0, WORKER_PORT: 0, INDEXER_PORT: 0 };

  const traced = (): ReceivedSpan[] => receiver.spans.filter(({ traceId }) => traceId === TRACE);

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    const start = new Date(Date.now() - 410 * DAY_MS).toISOString().slice(0, 10);
    journey = await startJourney({
      world: { seed: 5, start, months: 13, scale: 0.01 },
      environment: {
        ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
        OTEL_BSP_SCHEDULE_DELAY: '200',
        METRICS_TOKEN,
      },
    });
    const sold = Map.groupBy(
      [...events(journey.stack.simulated)].filter(({ event }) => event.bizStep === 'retail_selling'),
      ({ partner }) => partner,
    );
    const [partner, most] = [...sold].sort(([, left], [, right]) => right.length - left.length)[0]!;
    apiKey = journey.apiKeys[journey.stack.accounts.partner(partner).address.toLowerCase()]!;
    document = documentOf(most, start);
  }, 400_000);
  afterAll(async () => {
    await journey.stop();
    await receiver.stop();
  }, 60_000);

  it('follows one capture from the client’s request over three processes to audit, forecast and its commitment', async () => {
    const answer = await fetch(`${journey.stack.apiUrl}/epcis/v2/capture`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-api-key': apiKey },
        traceparent: `00-${TRACE}-${CLIENT_SPAN}-01`,
      },
      body: JSON.stringify(document),
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('traceresponse')).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    const missing = (): string[] => {
      const there = new Set(traced().map(({ name, service }) => `${name} ${service}`));
      return STEPS.map(([name, service]) => `${name} ${service}`).filter((step) => !there.has(step));
    };
    await waitUntil('every step in the trace', () => Promise.resolve(missing().length === 0), {
      timeoutMs: 300_000,
    }).catch(() => expect(missing()).toEqual([]));
  }, 330_000);

  it('sees one connected tree: every span’s parent is in the trace, and the first one’s is the client’s', () => {
    const spans = traced();
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const outside = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId));
    expect(outside.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
      ['POST /epcis/v2/capture', CLIENT_SPAN],
    ]);
    expect(new Set(spans.map(({ instance }) => instance)).size).toBe(3);
    const parentOf = (name: string): string | undefined => {
      const [span] = spans.filter((each) => each.name === name);
      return spans.find(({ spanId }) => spanId === span?.parentSpanId)?.name;
    };
    expect(['capture events', 'seal batch', 'anchor batch', 'index batch'].map(parentOf)).toEqual([
      ...['POST /epcis/v2/capture', 'capture events', 'seal batch', 'seal batch'],
    ]);
  });

  it('finds nothing in the traces of what partners said, who they are, or what opens doors', () => {
    const uris = [...JSON.stringify(document).matchAll(/"(urn:epc:[^"]+|https?:\/\/[^"]+)"/g)].map(
      ([, uri]) => uri!,
    );
    const own = uris.filter((uri) => !uri.includes('ref.gs1.org'));
    expect(own.length).toBeGreaterThan(10);
    const partners = Object.keys(journey.apiKeys);
    const hidden = [...new Set(own), ...partners, ...Object.values(journey.apiKeys), METRICS_TOKEN];
    expect(hidden.filter((text) => receiver.received.toLowerCase().includes(text.toLowerCase()))).toEqual([]);
  });

  it('reads metrics of all three with the token alone; dashboard and alerts name no other', async () => {
    await ask(journey.stack, '{ partners { name } }');
    const scraped = async (): Promise<ReadonlySet<string>> => {
      const exposed = new Set<string>();
      for (const port of Object.values(ports)) {
        const url = `http://127.0.0.1:${port}/metrics`;
        expect((await fetch(url)).status).toBe(401);
        const answer = await fetch(url, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
        expect(answer.headers.get('content-type')).toContain('version=0.0.4');
        for (const name of metricsExposed(await answer.text())) exposed.add(name);
      }
      return exposed;
    };
    for (const name of ['grafana-dashboard.json', 'alerts.yaml', 'objectives.md']) {
      const named = metricsNamed(await readFile(join('docs', 'operations', name), 'utf8'));
      expect(named.size).toBeGreaterThan(3);
      const missing = async (): Promise<string[]> => {
        const exposed = await scraped();
        return [...named].filter((each) => !exposed.has(each));
      };
      await waitUntil(`metrics of ${name}`, async () => (await missing()).length === 0, {
        timeoutMs: 20_000,
      }).catch(() => undefined);
      expect([name, await missing()]).toEqual([name, []]);
    }
  }, 90_000);

  it('is told by each that it is ready, and by none while the database is away', async () => {
    const codes = async (path: string): Promise<number[]> =>
      Promise.all(
        Object.values(ports).map(async (port) => (await fetch(`http://127.0.0.1:${port}${path}`)).status),
      );
    expect(await codes('/ready')).toEqual([200, 200, 200]);
    expect(await codes('/health')).toEqual([200, 200, 200]);
    const away = await takeDatabaseAway(journey.stack.databaseUrl);
    await waitUntil('none ready', async () => (await codes('/ready')).every((code) => code === 503), {
      timeoutMs: 90_000,
    });
    expect(await codes('/health')).toEqual([200, 200, 200]);
    await away.bringBack();
    await waitUntil('all ready', async () => (await codes('/ready')).every((code) => code === 200), {
      timeoutMs: 90_000,
    });
  }, 200_000);
});

function documentOf(sold: readonly SimulatedEvent[], start: string): object {
  return toDocument(
    sold.map(({ event }) => event),
    `${start}T00:00:00Z`,
  );
}
