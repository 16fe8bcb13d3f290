import { describe, expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.js';
import { pageToken, readPageToken } from './page-token.js';
import { parseEventQuery, type RawParameters } from './parse-query.js';
import { EventQueryError } from './query.errors.js';
import { conditionOf } from './where.sql.js';

const refusal = (raw: RawParameters): EventQueryError => {
  try {
    parseEventQuery(raw);
  } catch (error) {
    if (error instanceof EventQueryError) return error;
    throw error;
  }
  throw new Error('the query was accepted');
};

describe('parseEventQuery', () => {
  it('reads one spelling of CBV terms, sites and objects', () => {
    const { criteria } = parseEventQuery({
      EQ_bizStep: ['shipping', 'urn:epcglobal:cbv:bizstep:packing', 'https://example.com/steps/own'],
      EQ_readPoint: 'urn:epc:id:sgln:9521141.00001.0',
      MATCH_epc: ['urn:epc:id:sgtin:9521141.001234.7', 'urn:epc:idpat:sgtin:9521141.001234.*'],
    });
    expect(criteria).toEqual([
      {
        kind: 'column',
        column: 'biz_step',
        values: ['shipping', 'packing', 'https://example.com/steps/own'],
      },
      { kind: 'column', column: 'read_point', values: ['https://id.gs1.org/414/9521141000014'] },
      {
        kind: 'object',
        lists: ['epcList', 'childEPCs'],
        uris: ['https://id.gs1.org/01/09521141012345/21/7'],
        patterns: [
          {
            prefixes: ['https://id.gs1.org/01/09521141012345'],
            expression: String.raw`^https://id\.gs1\.org/01/09521141012345/21/[^/]+$`,
          },
        ],
      },
    ]);
  });

  it('orders by event time, newest first, unless it is told otherwise', () => {
    expect(parseEventQuery({})).toEqual({ criteria: [], orderBy: 'event_time', direction: 'DESC' });
    expect(
      parseEventQuery({ orderBy: 'recordTime', orderDirection: 'ASC', eventCountLimit: 5, '@context': 'x' }),
    ).toMatchObject({ orderBy: 'record_time', direction: 'ASC', eventCountLimit: 5 });
  });

  it.each<[RawParameters, RegExp]>([
    [{ EQ_bizsteps: 'x' }, /did you mean EQ_bizStep\?/],
    [{ MATCH_ecp: 'x' }, /did you mean MATCH_epc\?/],
    [{ perpage: '3' }, /did you mean perPage\?/],
    [{ EQ_bizTransactions: 'x' }, /did you mean EQ_bizTransaction_<type>\?/],
    [{ 'EQ_ILDM_example:grade': 'A' }, /EQ_ILDM_example:grade/],
    [{ zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz: 'x' }, /2\.0\. Ext/],
    [{ constructor: 'x' }, /constructor/],
    [{ GE_eventTime: '2026-02-30T00:00:00Z' }, /GE_eventTime: takes a time/],
    [{ GE_eventTime: '2026-02-03' }, /GE_eventTime: takes a time/],
    [{ GE_quantity: '1,5' }, /GE_quantity: takes a number/],
    [{ GE_quantity: ['1', '2'] }, /one value/],
    [{ EQ_quantity: ['1', 'b'] }, /takes a number/],
    [{ 'GE_example:size': 'large' }, /number or a time/],
    [{ MATCH_epc: 'urn:epc:idpat:sgtin:*.001234.*' }, /found urn:epc:idpat:sgtin:\*/],
    [{ MATCH_epcClass: 'urn:epc:idpat:sscc:9521141.*' }, /scheme that has classes/],
    [{ MATCH_epc: Array(21).fill('urn:epc:idpat:sscc:*.*') }, /20 patterns/],
    [{ HASATTR_colour: 'urn:x:a' }, /no field colour.*readPoint/],
    [{ EQATTR_readPoint_: 'x' }, /EQATTR_<field>_<attribute>/],
    [{ EQATTR_readPoint: 'x' }, /EQATTR_<field>_<attribute>|no field/],
    [{ EQ_bizStep: [] }, /needs a value/],
    [{ EQ_bizStep: ' ' }, /empty/],
    [{ EQ_bizStep: 'a\u0000' }, /NUL/],
    [{ EQ_bizStep: null }, /texts, numbers or booleans/],
    [{ EQ_bizStep: 'x'.repeat(2_049) }, /2048/],
    [{ EQ_bizStep: Array(201).fill('x') }, /200/],
    [{ EXISTS_errorDeclaration: 'yes' }, /true or false/],
    [{ orderBy: 'eventTime', orderDirection: 'UP' }, /ASC or DESC/],
    [{ orderBy: 'eventTime', eventCountLimit: '0' }, /eventCountLimit/],
    [{ maxEventCount: '1e20' }, /maxEventCount/],
    [Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`EQ_a:${index}`, 'x'])), /50 parameters/],
  ])('refuses %j', (raw, words) => {
    const error = refusal(raw);
    expect([error.code, error.message]).toEqual(['QUERY_PARAMETER_INVALID', expect.stringMatching(words)]);
  });

  it('orders by an extension field as well', () => {
    expect(parseEventQuery({ orderBy: 'example:size' }).orderBy).toEqual({ path: '$."example:size"' });
  });
});

describe('conditionOf', () => {
  it('spells nothing that the caller gave', () => {
    const evil = `x'"); DROP TABLE epcis_event; --`;
    const names = [
      'eventType',
      'EQ_bizStep',
      'MATCH_anyEPC',
      'MATCH_anyEPCClass',
      'EQ_eventID',
      'EQ_type',
      `EQ_bizTransaction_${evil}`,
      `EQ_source_${evil}`,
      `EQ_ILMD_${evil}`,
      `EQ_INNER_example:${evil}`,
    ];
    for (const name of names) {
      const values: unknown[] = [];
      const sql = parseEventQuery({ [name]: [evil, evil] }).criteria.map((criterion) =>
        conditionOf(criterion, (value) => `$${values.push(value)}`),
      );
      expect(sql.join()).not.toContain('DROP');
      expect(JSON.stringify(values)).toContain('DROP');
    }
  });
});

describe('page tokens', () => {
  const query = parseEventQuery({ EQ_bizStep: 'shipping' });
  const position = {
    time: '2026-01-05T08:00:00.123456Z',
    id: '0f0e0d0c-0000-8000-8000-000000000001',
    served: 30,
  };

  it('come back as they went out', () => {
    expect(readPageToken(query, pageToken(query, position))).toEqual(position);
  });

  it('are refused by another query, and whenever they were altered', () => {
    const token = pageToken(query, position);
    const other = parseEventQuery({ EQ_bizStep: 'packing' });
    for (const [asked, text] of [
      [other, token],
      [query, ''],
      [query, token.slice(1)],
      [query, 'x'.repeat(600)],
      [query, pageToken(query, { ...position, served: -1 })],
      [query, pageToken(query, { ...position, time: '2026-99-05T08:00:00.123456Z' })],
      [query, pageToken(query, { ...position, id: 'x' })],
    ] as const) {
      expect(() => readPageToken(asked, text)).toThrow(
        expect.objectContaining({ code: 'PAGE_TOKEN_INVALID' }),
      );
    }
  });
});

describe('nearestName', () => {
  it('names the likest and stays silent when nothing is like it', () => {
    expect(nearestName('eq_bizstep', ['EQ_bizStep', 'EQ_readPoint'])).toBe('EQ_bizStep');
    expect(nearestName('colour', ['EQ_bizStep', 'EQ_readPoint'])).toBeUndefined();
  });
});
