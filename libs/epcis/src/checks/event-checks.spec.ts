import { describe, expect, it } from '@jest/globals';
import type { EpcisEvent } from '../epcis.types.js';
import { eventFaults, type CheckOptions } from './event-checks.js';
import { identifierFault } from './identifiers.js';

const ITEM = 'https://id.gs1.org/01/09521141012345';
const event: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-03-04T10:00:00Z',
  eventTimeZoneOffset: '+00:00',
  epcList: [`${ITEM}/21/1`],
  action: 'OBSERVE',
  bizStep: 'shipping',
};

function faults(more: object, options: CheckOptions = {}): string[] {
  return eventFaults({ ...event, ...more }, options).map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('an identifier', () => {
  it.each([
    'urn:epc:id:sgtin:4012345.011111.9876',
    'urn:epc:id:sscc:4012345.3111111111',
    'urn:epc:id:gid:100.200.300',
    'urn:epc:id:usdod:2S194.12345678901',
    'urn:epc:id:adi:35962.PQ7VZ4.M37GXB92',
    'urn:epc:id:adi:W81X9C..%2332F92',
    'urn:epc:id:bic:CSQU3054383',
    'urn:epc:id:imovn:9176187',
    'urn:epc:idpat:sgtin:4012345.044444.*',
    'https://id.gs1.org/8006/040123451111180102/21/987',
    'https://id.gs1.org/about',
    'https://id.example.com/8003/030013450007718765',
    'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
  ])('%s has no fault', (uri) => expect(identifierFault(uri)).toBeUndefined());

  it.each([
    ['urn:epc:id:sgtin:4012345.01111.1', 'epc-urn', 'lengths'],
    ['urn:epc:id:sgtni:4012345.011111.1', 'epc-urn', 'sgtin, sscc'],
    ['urn:epc:class:sgtin:4012345.011111.1', 'epc-urn', 'lgtin'],
    ['urn:epc:tag:sgtin-96:3.4012345.011111.1', 'epc-urn', 'urn:epc:id:'],
    ['urn:epc:idpat:sgtin:4012345.*.*', 'epc-urn', 'a class'],
    ['urn:epc:id:gid:1.2', 'epc-urn', 'manager number'],
    ['urn:epc:id:bic:CSQU3054384', 'check-digit', 'check digit 3: CSQU3054383'],
    ['urn:epc:id:bic:CSQX3054383', 'epc-urn', 'U, J or Z'],
    ['urn:epc:id:imovn:9176188', 'check-digit', 'check digit 7: 9176187'],
    ['urn:epc:id:itip:4012345.011111.03.02.987', 'piece-count', 'total 02'],
    ['https://id.gs1.org/01/09521141012346', 'check-digit', 'check digit 5: 09521141012345'],
    ['https://id.gs1.org/00/340123451111111112', 'check-digit', 'check digit 1'],
    ['https://id.gs1.org/253/4012345000093PO', 'check-digit', 'check digit 2'],
    ['https://id.gs1.org/255/40123456789024711', 'check-digit', 'check digit 1'],
    ['https://id.gs1.org/402/40123452223334443', 'check-digit', 'check digit 2'],
    ['https://id.gs1.org/417/4000001000006', 'check-digit', 'check digit 5'],
    ['https://id.gs1.org/8003/04012345000222334455', 'check-digit', 'check digit 1'],
    ['https://id.gs1.org/8017/401234500000000075', 'check-digit', 'check digit 4'],
    ['https://id.gs1.org/8018/401234500000067658', 'check-digit', 'check digit 7'],
    ['https://brand.de/01/09521141012346/21/1', 'check-digit', 'check digit 5'],
    ['https://id.gs1.org/01/123', 'digital-link', '(01)'],
    ['https://id.gs1.org/00/340123451111111111/21/1', 'digital-link', '(00)'],
  ])('%s has the fault %s', (uri, rule, expected) => {
    expect(identifierFault(uri)).toMatchObject({ rule, found: uri });
    expect(identifierFault(uri)?.expected).toContain(expected);
  });
});

describe('an event that is right by the schema', () => {
  it('has no fault when nothing contradicts anything', () => expect(faults({})).toEqual([]));

  it.each<[string, object, string[]]>([
    [
      'one object in two spellings',
      { epcList: ['urn:epc:id:sgtin:9521141.001234.1', `${ITEM}/21/1`] },
      ['object-twice /epcList/1'],
    ],
    [
      'a parent in itself',
      { parentID: `${ITEM}/21/2`, childEPCs: [`${ITEM}/21/2`] },
      ['parent-in-itself /childEPCs/0'],
    ],
    [
      'an output that is an input',
      { inputEPCList: [`${ITEM}/21/3`], outputEPCList: [`${ITEM}/21/3`] },
      ['input-is-output /outputEPCList/0'],
    ],
    [
      'half a piece',
      { quantityList: [{ epcClass: ITEM, quantity: 2.5 }] },
      ['fractional-count /quantityList/0/quantity'],
    ],
    [
      'half a piece by its unit',
      { quantityList: [{ epcClass: ITEM, quantity: 0.5, uom: 'H87' }] },
      ['fractional-count /quantityList/0/quantity'],
    ],
    [
      'less than nothing',
      { childQuantityList: [{ epcClass: ITEM, quantity: -1, uom: 'KGM' }] },
      ['negative-quantity /childQuantityList/0/quantity'],
    ],
    [
      'a unit of nothing',
      { quantityList: [{ epcClass: ITEM, uom: 'KGM' }] },
      ['unit-without-quantity /quantityList/0/uom'],
    ],
    [
      'a unit that is none',
      { quantityList: [{ epcClass: ITEM, quantity: 1, uom: 'KG' }] },
      ['unit /quantityList/0/uom'],
    ],
    [
      'no unit at all',
      { quantityList: [{ epcClass: ITEM, quantity: 1, uom: 'QQQ' }] },
      ['unit /quantityList/0/uom'],
    ],
    [
      'a start after its end',
      { ilmd: { 'cbvmda:harvestStartDate': '2026-02-02', 'cbvmda:harvestEndDate': '2026-02-01' } },
      ['time-order /ilmd/cbvmda:harvestEndDate'],
    ],
    [
      'a disposition that cannot be',
      { bizStep: 'destroying', disposition: 'sellable_accessible', action: 'DELETE' },
      ['biz-step-disposition /disposition'],
    ],
    [
      'the same in old spelling',
      {
        bizStep: 'urn:epcglobal:cbv:bizstep:commissioning',
        disposition: 'urn:epcglobal:cbv:disp:destroyed',
        action: 'ADD',
      },
      ['biz-step-disposition /disposition'],
    ],
    [
      'an action that is the opposite',
      { bizStep: 'https://ref.gs1.org/cbv/BizStep-unpacking', action: 'ADD' },
      ['biz-step-action /action'],
    ],
    [
      'a state set and unset',
      { persistentDisposition: { set: ['recalled'], unset: ['https://ref.gs1.org/cbv/Disp-recalled'] } },
      ['persistent-disposition /persistentDisposition/unset/0'],
    ],
    [
      'a wrong digit of a sensor',
      {
        sensorElementList: [
          {
            sensorMetadata: { deviceID: 'https://id.gs1.org/414/4012345000055' },
            sensorReport: [{ type: 'Temperature' }],
          },
        ],
      },
      ['check-digit /sensorElementList/0/sensorMetadata/deviceID'],
    ],
  ])('%s', (_, more, expected) => expect(faults(more)).toEqual(expected));

  it('has readings that can be', () => {
    const reading = (report: object): string[] =>
      faults({ sensorElementList: [{ sensorReport: [{ type: 'Temperature', ...report }] }] });
    expect(reading({ value: -273.16, uom: 'CEL' })).toEqual([
      'impossible-reading /sensorElementList/0/sensorReport/0/value',
    ]);
    expect(reading({ value: -273.15, uom: 'CEL', minValue: 2, maxValue: 2 })).toEqual([]);
    expect(reading({ minValue: 3, maxValue: 2, sDev: -1, percRank: 101 })).toHaveLength(3);
    expect(reading({ value: 20, uom: 'celsius' })).toEqual(['unit /sensorElementList/0/sensorReport/0/uom']);
  });

  it('creates identifiers under prefixes of its sender only', () => {
    const prefixes = { companyPrefixes: ['9521141', '4012345'] };
    const made = { action: 'ADD', bizStep: 'commissioning' };
    expect(faults(made, prefixes)).toEqual([]);
    expect(faults({ epcList: ['urn:epc:id:sgtin:0614141.812345.1'] }, prefixes)).toEqual([]);
    const foreign = {
      ...made,
      epcList: ['urn:epc:id:sgtin:0614141.812345.1', 'urn:epc:id:sscc:4012345.3111111111'],
    };
    expect(faults(foreign, prefixes)).toEqual(['company-prefix /epcList/0']);
    expect(faults({ ...made, epcList: ['urn:epc:id:giai:40123451.A'] }, prefixes)).toEqual([
      'company-prefix /epcList/0',
    ]);
    const outputs = { outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:0614141.012345.L' }] };
    expect(faults({ type: 'TransformationEvent', ...outputs }, prefixes)).toEqual([
      'company-prefix /outputQuantityList/0/epcClass',
    ]);
  });
});
