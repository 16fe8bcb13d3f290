import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../document/read-document.js';
import type { EpcisDocument, JsonObject } from '../epcis.types.js';
import { readEpcis } from '../xml/read-epcis.js';
import { validateDocument } from '../validate-document.js';
import { attributeName } from './attribute-name.js';
import { masterDataOf } from './master-data.js';

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { example: 'https://ns.example.com/mda/' },
];

function documentOf(vocabularyList: readonly JsonObject[]): EpcisDocument {
  const read = readDocument({
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-06T00:00:00Z',
    epcisHeader: { epcisMasterData: { vocabularyList } },
    epcisBody: { eventList: [] },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

const places = (vocabularyElementList: JsonObject[]): JsonObject => ({
  type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
  vocabularyElementList,
});

const XML = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" xmlns:xmda="https://ns.example.com/mda/"
  schemaVersion="1.2" creationDate="2026-01-06T00:00:00Z"><EPCISHeader><extension><EPCISMasterData><VocabularyList>
  <Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList>
    <VocabularyElement id="urn:epc:id:sgln:9521141.00001.0">
      <attribute id="urn:epcglobal:cbv:mda#city">Fancy</attribute>
      <attribute id="https://ns.example.com/mda/address"><xmda:street>Nowhere 1</xmda:street></attribute>
      <children><id>urn:epc:id:sgln:9521141.00001.7</id></children>
    </VocabularyElement>
  </VocabularyElementList></Vocabulary>
  </VocabularyList></EPCISMasterData></extension></EPCISHeader>
  <EPCISBody><EventList/></EPCISBody></epcis:EPCISDocument>`;

describe('masterDataOf', () => {
  it('gives each element once, with its names and identifiers in one spelling', () => {
    const document = documentOf([
      places([
        {
          id: 'urn:epc:id:sgln:9521141.00001.0',
          attributes: [
            { id: 'cbvmda:city', attribute: 'Fancy' },
            { id: 'example:dock', attribute: 7 },
            { id: 'example:nothing' },
          ],
          children: ['urn:epc:id:sgln:9521141.00001.7'],
        },
        {
          id: 'https://id.gs1.org/414/9521141000014',
          attributes: [{ id: 'cbvmda:city', attribute: 'Elsewhere' }],
        },
      ]),
      { type: 'https://ns.example.com/types/Machine', vocabularyElementList: [{ id: 'urn:example:press' }] },
    ]);
    expect(validateDocument(document)).toEqual([]);
    expect(masterDataOf(document)).toEqual([
      {
        vocabulary: 'BusinessLocation',
        id: 'urn:epc:id:sgln:9521141.00001.0',
        uri: 'https://id.gs1.org/414/9521141000014',
        attributes: [
          { id: 'cbvmda:city', name: 'urn:epcglobal:cbv:mda:city', value: 'Fancy' },
          { id: 'example:dock', name: 'https://ns.example.com/mda/dock', value: 7 },
          { id: 'cbvmda:city', name: 'urn:epcglobal:cbv:mda:city', value: 'Elsewhere' },
        ],
        children: ['https://id.gs1.org/414/9521141000014/254/7'],
      },
      {
        vocabulary: 'https://ns.example.com/types/Machine',
        id: 'urn:example:press',
        uri: 'urn:example:press',
        attributes: [],
        children: [],
      },
    ]);
  });

  it('says of XML what it says of JSON', () => {
    const read = readEpcis(new TextEncoder().encode(XML));
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    expect(validateDocument(read.document, { now: new Date('2026-01-06T00:00:00Z') })).toEqual([]);
    expect(masterDataOf(read.document)).toEqual([
      {
        vocabulary: 'BusinessLocation',
        id: 'urn:epc:id:sgln:9521141.00001.0',
        uri: 'https://id.gs1.org/414/9521141000014',
        attributes: [
          { id: 'urn:epcglobal:cbv:mda#city', name: 'urn:epcglobal:cbv:mda:city', value: 'Fancy' },
          {
            id: 'https://ns.example.com/mda/address',
            name: 'https://ns.example.com/mda/address',
            value: { 'xmda:street': 'Nowhere 1' },
          },
        ],
        children: ['https://id.gs1.org/414/9521141000014/254/7'],
      },
    ]);
  });

  it.each([
    [
      'elements',
      places(Array.from({ length: 10_001 }, (_, index) => ({ id: `urn:example:${index}` }))),
      10_000,
    ],
    [
      'attributes',
      places([
        {
          id: 'urn:example:a',
          attributes: Array.from({ length: 201 }, () => ({ id: 'cbvmda:city', attribute: 'x' })),
        },
      ]),
      200,
    ],
    [
      'children',
      places([
        {
          id: 'urn:example:a',
          children: Array.from({ length: 10_001 }, (_, index) => `urn:example:${index}`),
        },
      ]),
      10_000,
    ],
  ])('refuses too many %s, with the place', (what, vocabulary, limit) => {
    expect(validateDocument(documentOf([vocabulary]))).toEqual([
      {
        eventIndex: null,
        rule: 'master-data',
        pointer: expect.stringMatching(/^\/epcisHeader\/epcisMasterData\/vocabularyList\/0\//),
        found: expect.any(String),
        expected: expect.stringContaining(`at most ${limit} ${what}`),
      },
    ]);
  });
});

describe('attributeName', () => {
  it.each([
    ['cbvmda:city', 'urn:epcglobal:cbv:mda:city'],
    ['urn:epcglobal:cbv:mda#city', 'urn:epcglobal:cbv:mda:city'],
    [' urn:epcglobal:cbv:mda:city', 'urn:epcglobal:cbv:mda:city'],
    ['gs1:grade', 'https://gs1.org/voc/grade'],
    ['https://ns.example.com/mda/a', 'https://ns.example.com/mda/a'],
    ['unknown:a', 'unknown:a'],
    ['name', 'name'],
  ])('%s is %s', (text, name) => {
    expect(attributeName(text)).toBe(name);
  });
});
