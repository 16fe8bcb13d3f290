import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../document/read-document.js';
import type { CaptureError, EpcisDocument } from '../epcis.types.js';
import { eventHashId } from '../hash/event-hash.js';
import { validateDocument } from '../validate-document.js';
import { readEpcis } from './read-epcis.js';
import { xmlOfJson } from './xml-of-json.fixture.js';

const FOLDER = join(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
  'epcis',
);
const SIMPLE = `<ObjectEvent><eventTime>2026-01-01T00:00:00Z</eventTime>
  <eventTimeZoneOffset>+01:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sscc:4012345.1112223334</epc></epcList>
  <action>OBSERVE</action>`;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function documentOf(xml: string): EpcisDocument {
  const read = readEpcis(bytesOf(xml));
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

function faultOf(xml: string | Uint8Array): CaptureError | undefined {
  const read = readEpcis(typeof xml === 'string' ? bytesOf(xml) : xml);
  return read.ok ? undefined : read.errors[0];
}

function wrapped(events: string, version = 2, more = ''): string {
  return `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:${version}" schemaVersion="${version}.0" ${more}
    creationDate="2026-01-02T00:00:00Z"><EPCISBody><EventList>${events}</EventList></EPCISBody></epcis:EPCISDocument>`;
}

function hashesOf({ events, context }: EpcisDocument): string[] {
  return events.map((event) => eventHashId(event, context));
}

const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`No documents at ${FOLDER}: those of others are not tried in XML`);
const others = isThere
  ? ['hash-vectors', 'examples/valid'].flatMap((folder) =>
      readdirSync(join(FOLDER, folder))
        .filter(
          (name) => /\.json(?:ld)?$/.test(name) && !/QueryDocument|IgnoreFields|JumbledFields/.test(name),
        )
        .map((name) => join(folder, name)),
    )
  : ['none'];

describe('an EPCIS document in XML', () => {
  it.each(others)('%s has the same hashes in XML as in JSON, and is as valid', (name) => {
    if (!isThere) return;
    const json = readDocument(readFileSync(join(FOLDER, name)));
    if (!json.ok) throw new Error(JSON.stringify(json.errors));
    const { root, context } = json.document;
    const converted = documentOf(xmlOfJson(root, Object.fromEntries(context.prefixes)));
    expect(hashesOf(converted)).toEqual(hashesOf(json.document));
    expect(validateDocument(converted, { schemaOnly: true })).toEqual([]);
  });

  it('of version 1.2 gives up its wrappers, its namespaces become prefixes, its CBV URIs words', () => {
    const xml = `${SIMPLE}<baseExtension><eventID>urn:uuid:1</eventID><errorDeclaration>
      <declarationTime>2026-01-01T01:00:00Z</declarationTime><reason>urn:epcglobal:cbv:er:incorrect_data</reason>
      <correctiveEventIDs><correctiveEventID>urn:uuid:2</correctiveEventID></correctiveEventIDs>
      </errorDeclaration></baseExtension><bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
      <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:po">urn:x:1</bizTransaction></bizTransactionList>
      <extension><quantityList><quantityElement><epcClass>urn:x:c</epcClass><quantity>2.50</quantity><uom>KGM</uom>
      </quantityElement></quantityList><sourceList><source type="urn:epcglobal:cbv:sdt:location">urn:x:s</source>
      </sourceList><ilmd><cbvmda:lotNumber>A&amp;B</cbvmda:lotNumber><m:a xmlns:m="https://m.example/"><m:b>1</m:b>
      <m:b><![CDATA[<2>]]></m:b></m:a></ilmd></extension><m:note xmlns:m="https://other.example/">x</m:note>
      </ObjectEvent>`;
    const { root, events } = documentOf(
      wrapped(`<extension>${xml}</extension>`, 1, 'xmlns:cbvmda="urn:epcglobal:cbv:mda"'),
    );
    expect(root['@context']).toEqual([
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { m: 'https://m.example/', ns1: 'https://other.example/' },
    ]);
    expect(events[0]).toEqual({
      type: 'ObjectEvent',
      eventTime: '2026-01-01T00:00:00Z',
      eventTimeZoneOffset: '+01:00',
      epcList: ['urn:epc:id:sscc:4012345.1112223334'],
      action: 'OBSERVE',
      eventID: 'urn:uuid:1',
      errorDeclaration: {
        declarationTime: '2026-01-01T01:00:00Z',
        reason: 'incorrect_data',
        correctiveEventIDs: ['urn:uuid:2'],
      },
      bizStep: 'commissioning',
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:1' }],
      quantityList: [{ epcClass: 'urn:x:c', quantity: 2.5, uom: 'KGM' }],
      sourceList: [{ type: 'location', source: 'urn:x:s' }],
      ilmd: { 'cbvmda:lotNumber': 'A&B', 'm:a': { 'm:b': ['1', '<2>'] } },
      'ns1:note': 'x',
    });
  });

  it('of a query answer gives its events', () => {
    const xml = `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:1"><EPCISBody><q:QueryResults>
      <queryName>SimpleEventQuery</queryName><resultsBody><EventList>${SIMPLE}</ObjectEvent></EventList></resultsBody>
      </q:QueryResults></EPCISBody></q:EPCISQueryDocument>`;
    expect(documentOf(xml)).toMatchObject({ kind: 'EPCISQueryDocument', events: [{ type: 'ObjectEvent' }] });
  });

  it('keeps sender and receiver of its business header', () => {
    const header = `<EPCISHeader><s:StandardBusinessDocumentHeader xmlns:s="urn:s"><s:Sender>
      <s:Identifier>urn:epc:id:pgln:4012345.00000</s:Identifier></s:Sender></s:StandardBusinessDocumentHeader></EPCISHeader>`;
    const xml = wrapped(`${SIMPLE}</ObjectEvent>`).replace('<EPCISBody>', `${header}<EPCISBody>`);
    expect(documentOf(xml).root['sender']).toBe('urn:epc:id:pgln:4012345.00000');
  });

  it.each<[string, string | Uint8Array, string, string]>([
    [
      'entities that multiply',
      `<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${wrapped('')}`,
      'xml-doctype',
      '',
    ],
    ['an external entity', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${wrapped('')}`, 'xml-doctype', ''],
    ['an unknown entity', wrapped(`${SIMPLE}<bizStep>&x;</bizStep></ObjectEvent>`), 'xml', ''],
    ['no end', wrapped('').slice(0, -5), 'xml', ''],
    ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${wrapped('')}`, 'encoding', ''],
    ['bytes that are no UTF-8', new Uint8Array([60, 97, 0xff]), 'encoding', ''],
    ['depth', wrapped('<a>'.repeat(5_000)), 'depth', `/EPCISDocument/EPCISBody/EventList${'/a'.repeat(29)}`],
    [
      'a long text',
      wrapped(`${SIMPLE}<bizStep>${'x'.repeat(200_000)}</bizStep></ObjectEvent>`),
      'text-length',
      '/EPCISDocument/EPCISBody/EventList/ObjectEvent/bizStep',
    ],
    [
      'attributes without end',
      wrapped(`<a ${Array.from({ length: 200 }, (_, n) => `a${n}=""`).join(' ')}/>`),
      'attribute-count',
      '/EPCISDocument/EPCISBody/EventList',
    ],
    ['another vocabulary', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'xml-root', ''],
    ['the old QuantityEvent', wrapped('<QuantityEvent/>'), 'event', '/epcisBody/eventList/0'],
    [
      'an unknown element',
      wrapped(`${SIMPLE}<colour>red</colour></ObjectEvent>`),
      'unknown-key',
      '/epcisBody/eventList/0',
    ],
    [
      'an element twice',
      wrapped(`${SIMPLE}<action>ADD</action></ObjectEvent>`),
      'duplicate-key',
      '/epcisBody/eventList/0/action',
    ],
    [
      'an attribute without a place',
      wrapped(`${SIMPLE}<m:a xmlns:m="urn:m" unit="kg">1</m:a></ObjectEvent>`),
      'xml-attribute',
      '/epcisBody/eventList/0/a',
    ],
    [
      'text beside elements',
      wrapped(`${SIMPLE}<m:a xmlns:m="urn:m">1<m:b/></m:a></ObjectEvent>`),
      'xml-mixed',
      '/epcisBody/eventList/0/a',
    ],
    [
      'no list',
      '<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2"/>',
      'event-list',
      '/epcisBody/eventList',
    ],
  ])('is refused with its place for %s', (_, xml, rule, pointer) => {
    expect(faultOf(xml)).toMatchObject({ rule, pointer });
  });

  it('meets the rules of the schema at the places of its JSON', () => {
    const event = `${SIMPLE}</ObjectEvent>`.replace('OBSERVE', 'LOOK');
    expect(validateDocument(documentOf(wrapped(event)))).toMatchObject([
      { eventIndex: 0, pointer: '/epcisBody/eventList/0/action', rule: 'enum' },
    ]);
  });

  it('that is larger than its bound is not looked at', () => {
    expect(faultOf(new Uint8Array(17 * 1024 * 1024).fill(60))).toMatchObject({ rule: 'size' });
  });
});
