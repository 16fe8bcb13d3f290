import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../document/read-document.js';
import type { EpcisEvent } from '../epcis.types.js';
import { validateDocument } from '../validate-document.js';
import { readProfile, type Profile } from './profile.js';

const FOLDER = join(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
  'epcis/profiles',
);
const EPCIS = 'https://ref.gs1.org/standards/epcis/epcis-json-schema.json';
const shipping: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-01-08T11:40:49+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: ['https://id.gs1.org/00/040123451254225293'],
  action: 'OBSERVE',
  bizStep: 'shipping',
};

function profileOf(schema: object): Profile {
  const read = readProfile(schema);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.profile;
}

function rulesOf(schema: object | string): string[] {
  const read = readProfile(schema);
  return read.ok ? [] : read.faults.map(({ pointer, rule }) => `${rule} ${pointer}`);
}

function validated(event: EpcisEvent, schema: object, bizSteps: string[] = []): string[] {
  const read = readDocument({ '@context': [], ...event });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const profiles = [{ name: 'lane', version: 2, bizSteps, profile: profileOf(schema) }];
  return validateDocument(read.document, { profiles }).map(({ pointer, rule }) => `${rule} ${pointer}`);
}

const shared = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.profile.json')) : [];
if (shared.length === 0) console.warn(`No profiles at ${FOLDER}: those of others are not tried`);

describe('a partner profile', () => {
  it.each(shared)('%s accepts the event that was made for it', (name) => {
    const profile = readProfile(readFileSync(join(FOLDER, name)));
    const document = readDocument(readFileSync(join(FOLDER, name.replace('.profile.', '.event.'))));
    if (!profile.ok || !document.ok) throw new Error(JSON.stringify([profile, document]));
    const options = { profiles: [{ name: 'p', version: 1, bizSteps: [], profile: profile.profile }] };
    const isItsOwn = (rule: string): boolean => rule.startsWith('profile:');
    expect(validateDocument(document.document, options).filter(({ rule }) => isItsOwn(rule))).toEqual([]);
    const other = document.document.events.map((event) => ({ ...event, bizStep: 'receiving' }));
    const changed = { ...document.document, events: other };
    const rules = validateDocument(changed, options).map(({ pointer, rule }) => `${rule} ${pointer}`);
    expect(rules.find((rule) => rule.startsWith('profile:p@1:enum'))).toMatch(/\/bizStep$/);
  });

  it('names the field, what stands there and what should, under its own name and version', () => {
    const schema = {
      allOf: [{ $ref: EPCIS }, { required: ['eventID'], properties: { epcList: { minItems: 2 } } }],
    };
    expect(validated(shipping, schema)).toEqual([
      'profile:lane@2:required /eventID',
      'profile:lane@2:minItems /epcList',
    ]);
    expect(validated({ ...shipping, eventID: 'urn:x:1', epcList: [] }, schema)).toHaveLength(1);
  });

  it('judges the events of its business steps only, in whatever spelling', () => {
    const never = { not: {} };
    expect(validated(shipping, never, ['receiving'])).toEqual([]);
    expect(validated({ ...shipping, bizStep: undefined }, never, ['shipping'])).toEqual([]);
    expect(validated(shipping, never, ['urn:epcglobal:cbv:bizstep:shipping'])).toHaveLength(1);
    expect(validated(shipping, never, ['https://ref.gs1.org/cbv/BizStep-shipping'])).toHaveLength(1);
  });

  it('knows alternatives, constants, unique items and local definitions', () => {
    const schema = {
      $defs: { sscc: { type: 'string', pattern: '/00/\\d{18}$' } },
      properties: {
        epcList: { items: { $ref: '#/$defs/sscc' }, contains: { const: 'x' } },
        quantityList: { uniqueItems: true },
        action: { const: 'ADD' },
        disposition: { anyOf: [{ const: 'in_transit' }, { pattern: '^https:' }] },
      },
    };
    const quantityList = [{ epcClass: 'urn:x:3' }, { epcClass: 'urn:x:3' }];
    const event = { ...shipping, epcList: ['urn:x:1', 'urn:x:2'], disposition: 'damaged', quantityList };
    expect(validated(event, schema)).toEqual([
      'profile:lane@2:pattern /epcList/0',
      'profile:lane@2:pattern /epcList/1',
      'profile:lane@2:contains /epcList',
      'profile:lane@2:uniqueItems /quantityList',
      'profile:lane@2:const /action',
      'profile:lane@2:anyOf /disposition',
    ]);
  });

  it('keeps its patterns apart', () => {
    const schema = { properties: { eventID: { pattern: '^urn:' }, parentID: { pattern: '^https:' } } };
    const eventID = 'urn:x:1';
    expect(validated({ ...shipping, eventID, certificationInfo: 'urn:x:2' }, schema)).toEqual([]);
    const other = { properties: { eventID: { pattern: '^urn:' }, bizStep: { pattern: '^pack' } } };
    expect(validated({ ...shipping, eventID }, other)).toEqual(['profile:lane@2:pattern /bizStep']);
  });

  it('of documents is reduced to what it asks of each event, and may ask nothing of the document', () => {
    const list = (more: object): object => ({
      properties: { epcisBody: { properties: { eventList: { items: { required: ['eventID'] }, ...more } } } },
    });
    expect(validated(shipping, list({ type: 'array', minItems: 1 }))).toEqual([
      'profile:lane@2:required /eventID',
    ]);
    expect(rulesOf(list({ minItems: 2 }))).toEqual([
      'scope /properties/epcisBody/properties/eventList/minItems',
    ]);
    expect(rulesOf({ ...list({}), required: ['sender'] })).toEqual(['scope /required']);
    expect(rulesOf({ allOf: [list({}), { required: ['sender'] }] })).toEqual(['scope ']);
  });
});

describe('what is no profile', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `d${i}`,
      { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
    ]),
  );
  it.each<[string, object | string, string[]]>([
    ['a misspelled keyword', { propertys: {} }, ['keyword /propertys']],
    ['a reference to the network', { $ref: 'https://evil.example/s.json' }, ['reference /$ref']],
    [
      'a reference into the standard',
      { properties: { a: { $ref: EPCIS } } },
      ['reference /properties/a/$ref'],
    ],
    ['a reference in a circle', { $defs: { a: { $ref: '#/$defs/a' } } }, ['reference /$defs/a/$ref']],
    ['a reference to itself', { items: { $ref: '#' } }, ['reference /items/$ref']],
    ['references that multiply', { $defs: { ...chain, d20: {} } }, ['size ']],
    [
      'a pattern with look-ahead',
      { properties: { a: { pattern: '(?=a)' } } },
      ['pattern /properties/a/pattern'],
    ],
    ['a property pattern that is none', { patternProperties: { '[': {} } }, ['pattern /patternProperties/[']],
    ['an unknown format', { format: 'regex' }, ['format /format']],
    ['an unknown dialect', { $schema: 'http://json-schema.org/draft-04/schema#' }, ['dialect /$schema']],
    ['a value of another type', { minItems: 'two' }, ['schema /minItems']],
    ['a schema that is a list', { not: [] }, ['schema /not']],
    ['a key twice', '{"not":{},"not":{}}', ['duplicate-key /not']],
    ['a key of JavaScript', '{"properties":{"__proto__":{}}}', ['forbidden-key /properties/__proto__']],
    ['no object', '[]', ['json ']],
    ['too long', JSON.stringify({ enum: Array.from({ length: 200 }, () => 'x'.repeat(2_000)) }), ['size ']],
  ])('%s', (_, schema, rules) => expect(rulesOf(schema)).toEqual(rules));
});
