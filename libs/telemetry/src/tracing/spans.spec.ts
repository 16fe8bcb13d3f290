import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '@tallyhouse/testing';
import { inJoinedSpan } from './joined-span.js';
import { currentTraceparent, inSpan, isTracing, openSpan, underSpan } from './spans.js';
import { startTracing, type Tracing } from './start-tracing.js';

describe('spans, sent to a receiver of OTLP', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing;

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    const tracesUrl = `${receiver.endpoint}/v1/traces`;
    tracing = await startTracing(
      { tracesUrl, serviceName: undefined, resourceAttributes: 'region=eu' },
      'spec',
    );
  });
  afterEach(async () => {
    await tracing.stop();
    await receiver.stop();
  });

  /** All spans by name, once they were sent. */
  const sent = async (): Promise<Map<string, ReceivedSpan>> => {
    await tracing.stop();
    return new Map(receiver.spans.map((span) => [span.name, span]));
  };

  it('belong under the span that was open when they began, in one trace with the process’s name', async () => {
    await inSpan('outer', { attributes: { 'tallyhouse.events': 3 } }, async () => {
      await Promise.resolve();
      await inSpan('inner', { kind: 'client' }, () => Promise.resolve());
    });
    const spans = await sent();
    const [outer, inner] = [spans.get('outer')!, spans.get('inner')!];
    expect(inner).toMatchObject({ traceId: outer.traceId, parentSpanId: outer.spanId, kind: 3 });
    expect(outer).toMatchObject({
      service: 'tallyhouse-spec',
      parentSpanId: '',
      attributes: { 'tallyhouse.events': 3 },
    });
    expect(receiver.received).toContain('"region"');
    // Each span has its own anchor of the clock, so that two ends may differ by its drift.
    expect(outer.endMs).toBeGreaterThan(inner.endMs - 1);
  });

  it('go on in another process from what was stored', async () => {
    let stored: string | null = null;
    await inSpan('capture', {}, async () => {
      stored = currentTraceparent();
      return Promise.resolve();
    });
    await inSpan('later', { parent: stored }, () => Promise.resolve());
    const spans = await sent();
    expect(spans.get('later')).toMatchObject({
      traceId: spans.get('capture')!.traceId,
      parentSpanId: spans.get('capture')!.spanId,
    });
  });

  it('of work that many led to are in the first one’s trace, and linked with the others in both directions', async () => {
    const origins: string[] = [];
    for (const name of ['one', 'two', 'three'])
      await inSpan(name, {}, (span) => Promise.resolve(void origins.push(span.traceparent!)));
    // Another place in a trace that is there already is no other trace.
    for (const parent of origins.slice(0, 2))
      await inSpan('again', { parent }, (span) => Promise.resolve(void origins.push(span.traceparent!)));
    await inJoinedSpan('seal', [...origins, origins[0]!], {}, () => Promise.resolve());
    await tracing.stop();
    const named = (name: string): ReceivedSpan[] => receiver.spans.filter((span) => span.name === name);
    const [seal] = named('seal');
    const [one, two, three] = ['one', 'two', 'three'].map((name) => named(name)[0]!);
    expect(seal).toMatchObject({ traceId: one!.traceId, parentSpanId: one!.spanId });
    expect(seal!.links.map(({ traceId }) => traceId)).toEqual([two!.traceId, three!.traceId]);
    const joined = named('seal (joined)');
    expect(joined.map(({ traceId }) => traceId)).toEqual([two!.traceId, three!.traceId]);
    for (const { links } of joined) expect(links).toEqual([{ traceId: seal!.traceId, spanId: seal!.spanId }]);
  });

  it('that fail say the error’s code and none of its words', async () => {
    const failing = inSpan('fails', {}, () =>
      Promise.reject(Object.assign(new Error('lot 4711 of the secret partner'), { code: 'LOT_MISSING' })),
    );
    await expect(failing).rejects.toThrow('lot 4711');
    expect((await sent()).get('fails')).toMatchObject({
      ...{ statusCode: 2, attributes: { 'error.type': 'LOT_MISSING' } },
    });
    expect(receiver.received).not.toContain('4711');
  });

  it('are the parent of what callbacks begin under them', async () => {
    const span = openSpan('request', { kind: 'server' });
    const inner = underSpan(span, () => inSpan('work', {}, () => Promise.resolve()));
    await inner;
    span.end();
    const spans = await sent();
    expect(spans.get('work')!.parentSpanId).toBe(spans.get('request')!.spanId);
  });

  it('are not sent of a trace that its client does not sample, and nothing of it is stored', async () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
    await inSpan('unsampled', { parent }, async (span) => {
      expect([span.traceparent, currentTraceparent()]).toEqual([null, null]);
      return Promise.resolve();
    });
    expect((await sent()).size).toBe(0);
  });
});

describe('without a receiver', () => {
  it('nothing is traced and the work is done as ever', async () => {
    const tracing = await startTracing(
      { tracesUrl: undefined, serviceName: undefined, resourceAttributes: '' },
      'spec',
    );
    expect(isTracing()).toBe(false);
    const result = await inSpan('none', {}, (span) => {
      span.set({ 'tallyhouse.events': 1 });
      return Promise.resolve([span.traceparent, currentTraceparent()]);
    });
    expect(result).toEqual([null, null]);
    await expect(inJoinedSpan('none', ['x'], {}, (span) => Promise.resolve(span))).resolves.toBeUndefined();
    await tracing.stop();
  });

  it('one that is away costs spans, and neither work nor time at the end', async () => {
    const receiver = await startOtlpReceiver();
    await receiver.stop();
    const tracesUrl = `${receiver.endpoint}/v1/traces`;
    const tracing = await startTracing({ tracesUrl, serviceName: undefined, resourceAttributes: '' }, 'spec');
    await expect(inSpan('lost', {}, () => Promise.resolve(7))).resolves.toBe(7);
    await expect(tracing.stop()).resolves.toBeUndefined();
  });
});
