import { describe, expect, it } from '@jest/globals';
import { draftFaults, grantInput, NEW_DRAFT, refusedField, type GrantDraft } from './grant-draft.js';

const OWNER = `0x${'0a'.repeat(20)}`;
const SHOP = `0x${'0b'.repeat(20)}`;
const NOW = Date.parse('2026-03-05T12:00:00Z');
const LOT = '(01)09521141012345(10)L7';
const draft = (change: Partial<GrantDraft> = {}): GrantDraft => ({
  ...{ ...NEW_DRAFT, grantee: SHOP, resource: LOT },
  ...change,
});

describe('a grant in the form', () => {
  it('has nothing in its way once somebody and something are named', () => {
    expect(draftFaults(draft(), OWNER, NOW)).toEqual({});
    expect(Object.keys(draftFaults(NEW_DRAFT, OWNER, NOW))).toEqual(['grantee', 'resource']);
  });

  it.each([
    ['grantee', { grantee: '0x12' }],
    ['grantee', { grantee: OWNER.toUpperCase().replace('0X', '0x') }],
    ['resource', { resource: 'lot 7' }],
    ['eventTo', { from: '2026-02-02', to: '2026-02-01' }],
    ['fields', { extent: 'some', fields: [] }],
    ['expiresAt', { until: '2026-03-04' }],
  ] as const)('says what is wrong beside %s', (field, change) => {
    expect(Object.keys(draftFaults(draft(change), OWNER, NOW))).toEqual([field]);
  });

  it('lasts to the end of its last day, and events of the last day are in it', () => {
    expect(draftFaults(draft({ until: '2026-03-05' }), OWNER, NOW)).toEqual({});
    expect(grantInput(draft({ until: '2026-03-05', from: '2026-01-01', to: '2026-01-31' }))).toMatchObject({
      expiresAt: '2026-03-06T00:00:00.000Z',
      eventFrom: '2026-01-01T00:00:00.000Z',
      eventTo: '2026-02-01T00:00:00.000Z',
    });
  });

  it('asks for nothing that its kind has not, whatever was typed before', () => {
    const typed = draft({ kind: 'EVERYTHING', from: '2026-01-01', extent: 'some', followsCustody: true });
    expect(grantInput(typed)).toEqual({
      ...{ grantee: SHOP, kind: 'EVERYTHING', resource: null, eventFrom: null, eventTo: null },
      ...{ fields: null, followsCustody: false, expiresAt: null },
    });
  });

  it('puts a refusal of the api beside its field', () => {
    expect(refusedField('grantee: 0x1 has 50 grants')).toEqual({
      field: 'grantee',
      words: '0x1 has 50 grants.',
    });
    expect(refusedField('followsCustody: custody is of items')?.field).toBe('kind');
    expect(refusedField('at most 1000 grants are in force at once')).toBeNull();
  });
});
