import { describe, expect, it } from '@jest/globals';
import type { Grant } from '../../network/sharing-types.js';
import { grantedPart, grantedPlace, grantedThing, grantStanding } from './grant-words.js';

const NOW = Date.parse('2026-03-05T12:00:00Z');
const GRANT: Grant = {
  ...{ id: '1', owner: '0x0a', grantee: '0x0b', kind: 'ITEM' },
  ...{ resource: 'https://id.gs1.org/01/09521141012345/10/L7', eventFrom: null, eventTo: null, fields: null },
  ...{ followsCustody: false, createdAt: '2026-03-01T00:00:00Z', expiresAt: null, revokedAt: null },
};

describe('a grant in words', () => {
  it('is in force until it is ended or runs out', () => {
    expect(grantStanding(GRANT, NOW)).toMatchObject({ value: 'In force', isLive: true });
    const over = { ...GRANT, expiresAt: '2026-03-05T12:00:00Z' };
    expect(grantStanding(over, NOW)).toMatchObject({ value: 'Ran out', isLive: false });
    expect(grantStanding({ ...over, revokedAt: '2026-03-02T00:00:00Z' }, NOW).value).toBe('Ended');
  });

  it('says of what and of which part it is', () => {
    expect(grantedThing(GRANT)).toBe('An item, lot or container /01/09521141012345/10/L7');
    expect(grantedPart(GRANT)).toBe('whole rows');
    const part = {
      ...{ fields: ['bizStep', 'example:temp'], followsCustody: true },
      ...{ eventFrom: '2026-01-01T00:00:00Z', eventTo: '2026-02-01T00:00:00Z' },
    };
    expect(grantedPart({ ...GRANT, ...part })).toBe(
      'only step, example:temp; events from 1 Jan 2026 and before 1 Feb 2026; goes on to who takes custody',
    );
  });

  it('leads to where its rows are, and nowhere for single fields', () => {
    expect(grantedPlace(GRANT)).toBe('/items/https%3A%2F%2Fid.gs1.org%2F01%2F09521141012345%2F10%2FL7');
    expect(grantedPlace({ ...GRANT, kind: 'SITE', resource: 'urn:x:1' })).toBe(
      '/events?partner=0x0a&location=urn%3Ax%3A1',
    );
    expect(grantedPlace({ ...GRANT, fields: ['bizStep'] })).toBeNull();
  });
});
