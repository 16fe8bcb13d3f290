import { describe, expect, it } from '@jest/globals';
import { defaultBounds, readDocument, type DocumentBounds } from './read-document.js';
import type { CaptureError } from '../epcis.types.js';

const event = { type: 'ObjectEvent', eventTime: '2026-01-01T00:00:00Z' };
const wrapped = (eventList: unknown): string =>
  JSON.stringify({
    '@context': [{ ex: 'https://ns.example.com/' }],
    type: 'EPCISDocument',
    epcisBody: { eventList },
  });

function errorOf(input: Uint8Array | string | object, bounds: Partial<DocumentBounds> = {}): CaptureError {
  const read = readDocument(input, { ...defaultBounds, ...bounds });
  if (read.ok) throw new Error('expected the document to be refused');
  return read.errors[0]!;
}

describe('reading a document', () => {
  it('finds the events of capture documents, query documents and bare events', () => {
    const query = {
      type: 'EPCISQueryDocument',
      epcisBody: { queryResults: { resultsBody: { eventList: [event] } } },
    };
    const reads = [readDocument(wrapped([event, event])), readDocument(query), readDocument(event)];
    expect(reads.map((read) => read.ok && [read.document.kind, read.document.events.length])).toEqual([
      ['EPCISDocument', 2],
      ['EPCISQueryDocument', 1],
      ['event', 1],
    ]);
  });

  it('takes bytes with a byte order mark', () => {
    const bytes = new TextEncoder().encode(`\ufeff${wrapped([event])}`);
    expect(readDocument(bytes).ok).toBe(true);
    expect(readDocument(`\ufeff${wrapped([event])}`).ok).toBe(true);
  });

  it('resolves prefixes and names the contexts it would not fetch', () => {
    const contexts = [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      'https://other.example/c.jsonld',
      { ex: 'https://ns.example.com/', cbv: 'https://evil.example/' },
    ];
    const read = readDocument({ '@context': contexts, ...event });
    expect(read.ok && read.document.context.prefixes.get('ex')).toBe('https://ns.example.com/');
    expect(read.ok && read.document.context.prefixes.get('cbv')).toBe('https://ref.gs1.org/cbv/');
    expect(read.ok && read.document.context.unresolved).toEqual(['https://other.example/c.jsonld']);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/c.jsonld',
    'https://[::1]/c.jsonld',
    'https://localhost:8080/c.jsonld',
    'https://registry.internal/c.jsonld',
    'https://user@evil.example/c.jsonld',
    'http://evil.example/c.jsonld',
    'file:///etc/passwd',
    'c.jsonld',
  ])('refuses a context at %s, alone, in a list, imported, and in an event', (address) => {
    const fault = { rule: 'context-address', found: address };
    const alone = errorOf(JSON.stringify({ ...event, '@context': address }));
    expect(alone).toMatchObject({ ...fault, pointer: '/@context' });
    const listed = errorOf(
      JSON.stringify({ ...event, '@context': [{ a: 'urn:a' }, { '@import': address }] }),
    );
    expect(listed).toMatchObject({ ...fault, pointer: '/@context/1/@import' });
    const inEvent = errorOf(wrapped([event, { ...event, '@context': [address] }]));
    expect(inEvent).toMatchObject({ ...fault, eventIndex: 1, pointer: '/epcisBody/eventList/1/@context/0' });
  });

  it('refuses too many bytes, levels and events before doing any work on them', () => {
    expect(errorOf(wrapped([event]), { maxBytes: 50 })).toMatchObject({ rule: 'size', eventIndex: null });
    expect(errorOf(new Uint8Array(51), { maxBytes: 50 }).rule).toBe('size');
    expect(errorOf('ü'.repeat(30), { maxBytes: 50 }).rule).toBe('size');
    expect(errorOf(wrapped([event, event]), { maxEvents: 1 })).toMatchObject({
      rule: 'event-count',
      found: '2 events',
    });
    expect(errorOf('['.repeat(100_000)).rule).toBe('depth');
    expect(errorOf(`{"a":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`)).toMatchObject({ rule: 'depth' });
  });

  it('refuses a text too long for patterns and more contexts than can be compared', () => {
    const long = errorOf(wrapped([{ ...event, 'ex:a': 'x'.repeat(100_001) }]));
    expect(long).toMatchObject({
      rule: 'text-length',
      eventIndex: 0,
      pointer: '/epcisBody/eventList/0/ex:a',
    });
    expect(readDocument(wrapped([{ ...event, 'ex:a': 'x'.repeat(100_000) }])).ok).toBe(true);
    const contexts = Array.from({ length: 101 }, (_, index) => ({
      [`p${index}`]: 'https://ns.example.com/',
    }));
    expect(errorOf(wrapped([event, { ...event, '@context': contexts }]))).toMatchObject({
      rule: 'context-count',
      eventIndex: 1,
      pointer: '/epcisBody/eventList/1/@context',
    });
    expect(errorOf({ ...event, '@context': contexts }).pointer).toBe('/@context');
  });

  it('refuses a key that stands twice, however it is escaped, and says where', () => {
    const twice = wrapped([event]).replace('"eventTime"', '"typ\\u0065":"AggregationEvent","eventTime"');
    expect(errorOf(twice)).toMatchObject({
      rule: 'duplicate-key',
      eventIndex: 0,
      pointer: '/epcisBody/eventList/0/type',
    });
    expect(errorOf('{"a":{"x":1},"b":[{"x":1},{"x":1,"x\\u0000":2,"x":3}]}').pointer).toBe('/b/1/x');
  });

  it('lets equal keys stand in different objects and quotes stand in text', () => {
    const read = readDocument({
      ...event,
      a: { type: 'x', b: '"type":"y",{[\\' },
      c: [{ type: 1 }, { type: 2 }],
    });
    expect(read.ok).toBe(true);
  });

  it('refuses keys that JavaScript gives a meaning to', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', '__prot\\u006f__']) {
      expect(errorOf(`{"type":"ObjectEvent","${key}":{}}`).rule).toBe('forbidden-key');
    }
  });

  it('refuses text that cannot be stored or made canonical, and numbers that are infinite', () => {
    const broken = (json: string): string =>
      wrapped([event]).replace('"eventTime"', `"ex:a":[0,${json}],"eventTime"`);
    for (const json of ['"a\\u0000"', '"\\ud800"', '{"\\udfff":1}', '1e999', `-${'9'.repeat(400)}`]) {
      expect(errorOf(broken(json))).toMatchObject({ rule: 'text', eventIndex: 0 });
    }
    expect(errorOf({ ...event, a: '\ud800' }).rule).toBe('text');
    for (const json of ['"\\\\u0000"', '"\\ud83d\\ude00"', '1e300', '"e1000"']) {
      expect(readDocument(broken(json)).ok).toBe(true);
    }
  });

  it('refuses what is no JSON object and events that are none', () => {
    expect(errorOf('{"type":').rule).toBe('json');
    expect(errorOf('[]')).toMatchObject({ rule: 'json', found: 'a list of 0' });
    expect(errorOf(new Uint8Array([0xff, 0xfe])).rule).toBe('encoding');
    expect(errorOf(wrapped('none'))).toMatchObject({ rule: 'event-list', pointer: '/epcisBody/eventList' });
    expect(errorOf(wrapped([event, 7]))).toMatchObject({ rule: 'event', eventIndex: 1, found: 'number 7' });
    const circular: { self?: object } = {};
    circular.self = circular;
    expect(errorOf(circular).rule).toBe('json');
  });
});
