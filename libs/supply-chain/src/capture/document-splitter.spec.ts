import { describe, expect, it } from '@jest/globals';
import { defaultStreamBounds, DocumentFault, DocumentSplitter } from './document-splitter.js';

const encoder = new TextEncoder();

/** What a splitter gives for text that arrives in pieces of `size` bytes. */
function split(text: string, size: number, bounds = defaultStreamBounds) {
  const splitter = new DocumentSplitter(bounds);
  const bytes = encoder.encode(text);
  const events: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    events.push(...splitter.push(bytes.subarray(at, at + size)));
  splitter.end();
  return { events, envelope: splitter.envelope, opening: splitter.opening };
}

function ruleOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof DocumentFault) return error.errors[0]?.rule;
    throw error;
  }
}

const EVENTS = [
  { type: 'A', text: 'brackets ]}[{ and "quotes\\" and \\' },
  { type: 'é€😀', list: [[{}], { deep: [1, { er: [] }] }] },
  { type: 'C' },
];
const DOCUMENT = {
  '@context': ['https://example.com/[', { eventList: [1], epcisBody: { eventList: [2] } }],
  epcisBody: { eventList: EVENTS, after: [{ eventList: [3] }] },
  last: 'x',
};

describe('DocumentSplitter', () => {
  it('gives the same events and envelope however the bytes are cut', () => {
    for (const text of [JSON.stringify(DOCUMENT), JSON.stringify(DOCUMENT, null, 2)]) {
      for (const size of [1, 2, 3, 7, 64, 100_000]) {
        const { events, envelope, opening } = split(text, size);
        expect(events.map((event) => JSON.parse(event))).toEqual(EVENTS);
        expect(JSON.parse(envelope)).toEqual({
          ...DOCUMENT,
          epcisBody: { ...DOCUMENT.epcisBody, eventList: [] },
        });
        expect(JSON.parse(opening ?? '')).toEqual({
          '@context': DOCUMENT['@context'],
          epcisBody: { eventList: [] },
        });
      }
    }
  });

  it('keeps a document without a list of events whole', () => {
    const text = '{"type":"ObjectEvent","eventList":[{}],"x":{"epcisBody":{"eventList":[{}]}}}';
    expect(split(text, 5)).toEqual({ events: [], envelope: text, opening: undefined });
  });

  it('drops a byte order mark and takes an empty list', () => {
    expect(split('\ufeff{"epcisBody":{"eventList":[ \n]}}', 1)).toMatchObject({
      events: [],
      envelope: '{"epcisBody":{"eventList":[]}}',
    });
  });

  it.each(['[1]', '["a"]', '[,{}]', '[{},]', '[{} {}]', '[{},,{}]', '[[{}]]', '[null]', '[{}}'])(
    'refuses the list %s',
    (list) => expect(ruleOf(() => split(`{"epcisBody":{"eventList":${list}}}`, 2))).toBe('event'),
  );

  it('refuses a text that ends in its list, and bytes that are not UTF-8', () => {
    expect(ruleOf(() => split('{"epcisBody":{"eventList":[{"a":"', 4))).toBe('json');
    const bytes = Uint8Array.from([...encoder.encode('{"a":"'), 0xc3]);
    const broken = new DocumentSplitter(defaultStreamBounds);
    expect(ruleOf(() => [...broken.push(bytes), broken.end()])).toBe('encoding');
  });

  it('refuses what is beyond its bounds before it is held', () => {
    const text = JSON.stringify(DOCUMENT);
    const within = (bounds: object): unknown => split(text, 4, { ...defaultStreamBounds, ...bounds });
    expect(ruleOf(() => within({ maxBytes: 50 }))).toBe('size');
    expect(ruleOf(() => within({ maxEvents: 2 }))).toBe('event-count');
    expect(ruleOf(() => within({ maxEventLength: 40 }))).toBe('event-size');
    expect(ruleOf(() => within({ maxEnvelopeLength: 40 }))).toBe('envelope-size');
  });
});
