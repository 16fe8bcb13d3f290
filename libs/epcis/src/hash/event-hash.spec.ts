import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveContext } from '../document/context.js';
import type { EpcisEvent, JsonObject, JsonValue } from '../epcis.types.js';
import { eventHashId } from './event-hash.js';
import { eventPreHash } from './pre-hash.js';

const shared = process.env.TALLYHOUSE_SHARED_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const vectors = join(shared, 'epcis/hash-vectors');
const present = existsSync(vectors);
if (!present) console.warn(`event hash vectors are not at ${vectors}: their comparison is skipped`);

type Body = { eventList?: EpcisEvent[]; queryResults?: { resultsBody: { eventList: EpcisEvent[] } } };
type Document = { '@context': JsonValue; epcisBody: Body; 'repository-x:ignoreFields'?: string[] };

const eventsOf = (body: Body): EpcisEvent[] =>
  body.eventList ?? body.queryResults?.resultsBody.eventList ?? [];
const lines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

describe('Event Hash ID', () => {
  (present ? it : it.skip)('equals all 20 shared vectors and their pre-hash strings', () => {
    let hashes = 0;
    for (const file of readdirSync(vectors).filter((name) => name.endsWith('.jsonld'))) {
      const path = join(vectors, file.replace('.jsonld', ''));
      const document = JSON.parse(readFileSync(`${path}.jsonld`, 'utf8')) as Document;
      const context = resolveContext(document['@context']);
      const options = { ignoreFields: document['repository-x:ignoreFields'] };
      const events = eventsOf(document.epcisBody);
      if (existsSync(`${path}.prehashes`)) {
        expect(events.map((event) => eventPreHash(event, context, options))).toEqual(
          lines(`${path}.prehashes`),
        );
      }
      const expected = lines(`${path}.hashes`);
      expect(events.map((event) => eventHashId(event, context, options))).toEqual(expected);
      hashes += expected.length;
    }
    expect(hashes).toBe(20);
  });

  const event: EpcisEvent = {
    type: 'ObjectEvent',
    eventTime: '2026-02-03T04:05:06Z',
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sgtin:4012345.011111.1', 'urn:epc:id:sgtin:4012345.011111.2'],
    bizStep: 'shipping',
    readPoint: { id: 'https://id.gs1.org/414/4012345000115' },
  };

  it('is the same for the same facts in another order or spelling', () => {
    const respelled: EpcisEvent = {
      readPoint: { id: 'urn:epc:id:sgln:4012345.00011.0' },
      bizStep: 'https://ref.gs1.org/cbv/BizStep-shipping',
      epcList: [
        'https://example.com/gtin/04012345111118/ser/2?x=1',
        'https://id.gs1.org/01/04012345111118/10/L/21/1',
      ],
      action: 'OBSERVE',
      eventTimeZoneOffset: '+00:00',
      eventTime: '2026-02-03T05:05:06.0000+01:00',
      type: 'ObjectEvent',
    };
    expect(eventHashId(respelled)).toBe(eventHashId(event));
    expect(eventHashId({ ...event, bizStep: 'cbv:BizStep-shipping' })).toBe(eventHashId(event));
    expect(eventHashId({ ...event, bizStep: 'urn:epcglobal:cbv:bizstep:shipping' })).toBe(eventHashId(event));
  });

  it('leaves out eventID, recordTime, errorDeclaration, comments and empty lists', () => {
    const record: JsonObject = {
      eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
      recordTime: '2026-02-04T00:00:00Z',
      errorDeclaration: { declarationTime: '2026-02-05T00:00:00Z' },
      'rdfs:comment': 'seen',
      quantityList: [],
    };
    expect(eventHashId({ ...event, ...record })).toBe(eventHashId(event));
  });

  it('ignores no field that a document names, only those that the caller names', () => {
    const marked: EpcisEvent = { ...event, 'example:mark': '1', 'example:ignoreFields': 'example:mark' };
    expect(eventHashId(marked)).not.toBe(eventHashId(event));
    expect(eventHashId(marked, undefined, { ignoreFields: ['example:mark', 'example:ignoreFields'] })).toBe(
      eventHashId(event),
    );
  });

  it('changes with every hashed field', () => {
    const changed = [
      { ...event, eventTime: '2026-02-03T04:05:06.001Z' },
      { ...event, eventTimeZoneOffset: '+01:00' },
      { ...event, epcList: event.epcList?.slice(1) },
      { ...event, action: 'ADD' as const },
      { ...event, bizStep: 'receiving' },
      { ...event, disposition: 'in_transit' },
      { ...event, readPoint: { id: 'https://id.gs1.org/414/4012345000122' } },
      { ...event, ilmd: { 'cbvmda:lotNumber': 'A' } },
      { ...event, 'example:a': 'b' },
    ].map((other) => eventHashId(other));
    expect(new Set([...changed, eventHashId(event)]).size).toBe(10);
  });

  it('puts extensions of a place at the end of the place and nested ones under their key', () => {
    const context = resolveContext({ ex: 'https://ns.example.com/' });
    const extended: EpcisEvent = {
      ...event,
      readPoint: { 'ex:dock': '07.0', id: 'https://id.gs1.org/414/4012345000115' },
      ilmd: { 'cbvmda:lotNumber': 'L1', 'ex:list': ['b', 'a', { 'ex:x': true }] },
    };
    expect(eventPreHash(extended, context)).toContain(
      'readPointid=https://id.gs1.org/414/4012345000115{https://ns.example.com/}dock=7' +
        'ilmd{https://ns.example.com/}list=a{https://ns.example.com/}list=b' +
        '{https://ns.example.com/}list{https://ns.example.com/}x=true{urn:epcglobal:cbv:mda}lotNumber=L1',
    );
  });
});
