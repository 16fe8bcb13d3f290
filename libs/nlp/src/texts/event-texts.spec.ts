import { describe, expect, it } from '@jest/globals';
import { textsOfEvent } from './event-texts.js';

const event = (extensions: object) => ({
  id: '5b1c7d0e-0000-4000-8000-000000000001',
  eventTime: new Date('2026-01-05T08:00:00Z'),
  items: ['https://id.gs1.org/01/09521141012345/21/7'],
  products: ['https://id.gs1.org/01/09521141012345'],
  sites: ['https://id.gs1.org/414/9521141000014'],
  destinations: [],
  body: {
    type: 'ObjectEvent',
    eventTime: '2026-01-05T08:00:00Z',
    eventTimeZoneOffset: '+01:00',
    ...extensions,
  },
});

describe('texts of an event', () => {
  it('are its extension fields that hold words, with what the event is about', () => {
    const [text, ...others] = textsOfEvent(
      event({
        bizStep: 'receiving is not an extension of anything',
        'ex:inspectionNote': 'Two cartons crushed on the lower pallet',
        'ex:batchColour': 'blue',
        'ex:link': 'https://example.org/a/long/link with words',
        'ex:id': 'urn:example:note:of:four:words',
      }),
    );
    expect(text).toMatchObject({
      kind: 'INSPECTION',
      body: 'Two cartons crushed on the lower pallet',
      reference: 'event:5b1c7d0e-0000-4000-8000-000000000001#ex:inspectionNote',
      sites: ['https://id.gs1.org/414/9521141000014'],
    });
    expect(others.map(({ body }) => body)).toEqual(['https://example.org/a/long/link with words']);
  });

  it('are found in nested fields, in lists, in ilmd and in attachments of plain text', () => {
    const found = textsOfEvent(
      event({
        'ex:damage': { seen: [{ remark: 'wet cardboard' }] },
        ilmd: { 'ex:comment': 'made on line two after cleaning' },
        'ex:files': [
          { mediaType: 'text/plain; charset=utf-8', content: 'Complaint of a consumer about metal' },
          {
            mediaType: 'text/plain',
            base64: Buffer.from('Zweite Beschwerde über Metall').toString('base64'),
          },
          { mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
        ],
      }),
    );
    expect(found.map(({ kind, body }) => [kind, body])).toEqual([
      ['INCIDENT', 'wet cardboard'],
      ['NOTE', 'made on line two after cleaning'],
      ['NOTE', 'Complaint of a consumer about metal'],
      ['NOTE', 'Zweite Beschwerde über Metall'],
    ]);
  });

  it('are not what goods, firms and places are called, but what somebody says of them', () => {
    const found = textsOfEvent(
      event({
        'ex:itemDescription': 'Didanosine 200 mg tablets, buffered, bottle of sixty tablets',
        'ex:manufacturingSite': 'Aurobindo Unit Three in Hyderabad, India',
        'ex:freightUsdText': 'Invoiced Separately',
        'ex:productComplaint': 'bottle was open',
      }),
    );
    expect(found.map(({ body }) => body)).toEqual(['bottle was open']);
  });

  it('are at most 20, whatever is nested how deep', () => {
    let deep: object = { remark: 'too deep to read' };
    for (let i = 0; i < 100; i += 1) deep = { deep };
    const many = Array.from({ length: 500 }, (_, i) => `sentence number ${i} with words enough`);
    expect(textsOfEvent(event({ 'ex:deep': deep, 'ex:many': many }))).toHaveLength(20);
  });
});
