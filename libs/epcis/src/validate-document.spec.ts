import { describe, expect, it } from '@jest/globals';
import { readDocument } from './document/read-document.js';
import type { CaptureError, EpcisEvent } from './epcis.types.js';
import { hashLines, validationLines } from './lines.js';
import { validateDocument, type ValidateOptions } from './validate-document.js';

const now = new Date('2026-06-01T00:00:00Z');
const event: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-02-03T04:05:06Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
  epcList: ['https://id.gs1.org/01/09521141012345/21/1'],
  readPoint: { id: 'https://id.gs1.org/414/4012345000115' },
};
const documentOf = (...eventList: unknown[]): object => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-02-03T05:00:00Z',
  epcisBody: { eventList },
});

function errorsOf(document: object, options: ValidateOptions = { now }): CaptureError[] {
  const read = readDocument(document);
  if (!read.ok) throw new Error(read.errors[0]?.expected);
  return validateDocument(read.document, options);
}

describe('validating a document', () => {
  it('finds nothing wrong with a right one', () => {
    expect(errorsOf(documentOf(event, event))).toEqual([]);
  });

  it('names event, place, rule, what was found and what was expected', () => {
    const errors = errorsOf(documentOf(event, { ...event, action: 'CREATE', bizStep: 'transforming' }));
    const bizStep = {
      eventIndex: 1,
      pointer: '/epcisBody/eventList/1/bizStep',
      rule: 'format',
      found: '"transforming"',
      expected: 'a CBV business step (shipping, receiving, …) or a URI of your own vocabulary',
    };
    const action = {
      eventIndex: 1,
      pointer: '/epcisBody/eventList/1/action',
      rule: 'enum',
      found: '"CREATE"',
      expected: 'one of OBSERVE, ADD, DELETE',
    };
    expect(errors).toEqual([bizStep, action]);
  });

  it('points at missing and unknown keys', () => {
    const { action: _, ...without } = event;
    expect(errorsOf(documentOf(without))[0]).toMatchObject({
      rule: 'required',
      pointer: '/epcisBody/eventList/0/action',
    });
    const odd = errorsOf(documentOf({ ...event, 'a/b': 1 }))[0];
    expect(odd).toMatchObject({ rule: 'unknown-key', pointer: '/epcisBody/eventList/0/a~1b', found: 'a/b' });
    expect(errorsOf({ ...documentOf(event), '@context': undefined })[0]).toMatchObject({
      eventIndex: null,
      pointer: '/@context',
    });
  });

  it('finds wrong check digits wherever an event names objects, places and parties', () => {
    const wrong = 'https://id.gs1.org/01/09521141012346';
    const place = { id: 'https://id.gs1.org/414/4012345000116' };
    const errors = errorsOf(
      documentOf({
        ...event,
        epcList: [wrong],
        quantityList: [{ epcClass: wrong }],
        bizLocation: place,
        sourceList: [{ type: 'owning_party', source: 'https://id.gs1.org/417/4012345000116' }],
      }),
    );
    expect(errors.map(({ pointer }) => pointer.replace('/epcisBody/eventList/0', ''))).toEqual([
      '/epcList/0',
      '/quantityList/0/epcClass',
      '/bizLocation/id',
      '/sourceList/0/source',
    ]);
    expect(errors[0]).toMatchObject({ rule: 'check-digit', expected: 'check digit 5: 09521141012345' });
  });

  it('finds EPC URNs whose digits do not add up, and lets foreign schemes pass', () => {
    const errors = errorsOf(
      documentOf({ ...event, epcList: ['urn:epc:id:sgtin:4012345.01111.1', 'urn:epc:id:gid:1.2.3'] }),
    );
    expect(errors).toMatchObject([{ rule: 'epc-urn', pointer: '/epcisBody/eventList/0/epcList/0' }]);
  });

  it('finds negative quantities', () => {
    const quantityList = [{ epcClass: 'https://id.gs1.org/01/09521141012345', quantity: -2 }];
    expect(errorsOf(documentOf({ ...event, quantityList }))).toMatchObject([
      { rule: 'negative-quantity', found: '-2' },
    ]);
  });

  it('holds times in order, with room for clocks that differ', () => {
    const at = (eventTime: string, more: object = {}): CaptureError[] =>
      errorsOf(documentOf({ ...event, eventTime, ...more }));
    expect(at('2026-06-01T00:05:00Z')).toEqual([]);
    expect(at('2026-06-01T00:05:00.001Z')).toMatchObject([
      { rule: 'time-order', pointer: '/epcisBody/eventList/0/eventTime' },
    ]);
    expect(at('2026-06-01T02:05:00+02:00')).toEqual([]);
    expect(at('2026-05-01T00:00:00Z', { recordTime: '2026-04-30T00:00:00Z' })).toMatchObject([
      { rule: 'time-order' },
    ]);
    const sensorReport = [{ type: 'Temperature', value: 4 }];
    const sensorMetadata = { startTime: '2026-02-03T04:00:00Z', endTime: '2026-02-03T03:00:00Z' };
    expect(at(event.eventTime, { sensorElementList: [{ sensorMetadata, sensorReport }] })).toMatchObject([
      { pointer: '/epcisBody/eventList/0/sensorElementList/0/sensorMetadata/endTime' },
    ]);
    expect(errorsOf(documentOf({ ...event, eventTime: '2999-01-01T00:00:00Z' }), {})).toEqual([]);
  });

  it('asks the schema alone when told so, and stops at the bound on errors', () => {
    const wrong = { ...event, epcList: ['https://id.gs1.org/01/09521141012346'] };
    expect(errorsOf(documentOf(wrong), { schemaOnly: true })).toEqual([]);
    expect(errorsOf(documentOf(wrong, wrong, wrong), { maxErrors: 2 })).toHaveLength(2);
    expect(
      errorsOf(documentOf({ ...event, action: 1 }, wrong, { ...event, action: 2 }), { maxErrors: 2 }),
    ).toHaveLength(2);
  });

  it('prints verdicts and hashes as lines', () => {
    const bytes = (document: object): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
    expect(validationLines(bytes(documentOf(event)), { now })).toEqual({
      ok: true,
      lines: ['valid: 1 event'],
    });
    expect(validationLines(bytes(documentOf({ ...event, action: 'X' })))).toEqual({
      ok: false,
      lines: ['event 0 /epcisBody/eventList/0/action: enum: found "X", expected one of OBSERVE, ADD, DELETE'],
    });
    const hashed = hashLines(bytes(documentOf(event, event)));
    expect(hashed.ok && new Set(hashed.lines).size).toBe(1);
    expect(hashed.lines[0]).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(hashLines(new Uint8Array([123]))).toMatchObject({ ok: false });
  });
});
