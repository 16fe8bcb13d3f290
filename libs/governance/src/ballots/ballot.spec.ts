import { describe, expect, it } from '@jest/globals';
import { faultOfForm, type SignedBallot } from './ballot.js';

const plain: SignedBallot = {
  ...{ kind: 'PLAIN', proposalId: 7n, support: 1, nonce: 0n, reason: '', params: '0x' },
  ...{ voter: `0x${'a1'.repeat(20)}`, signature: `0x${'01'.repeat(65)}` },
};

describe('the form of a ballot', () => {
  it('is sound for each kind', () => {
    expect(faultOfForm(plain)).toBeNull();
    expect(faultOfForm({ ...plain, kind: 'OVERRIDE', reason: 'I know this lane' })).toBeNull();
    expect(faultOfForm({ ...plain, kind: 'REASONED', reason: 'better', params: '0x1234' })).toBeNull();
  });

  it.each<[string, Partial<SignedBallot>]>([
    ['proposalId', { proposalId: 2n ** 256n }],
    ['support', { support: 3 }],
    ['voter', { voter: '0x12' }],
    ['nonce', { nonce: -1n }],
    ['reason', { reason: 'signed by no plain ballot' }],
    ['reason', { kind: 'OVERRIDE', reason: 'ß'.repeat(1_001) }],
    ['params', { params: '0x12' }],
    ['params', { kind: 'REASONED', params: `0x${'00'.repeat(1_025)}` }],
    ['signature', { signature: '0x' }],
    ['signature', { signature: `0x${'00'.repeat(4_097)}` }],
  ])('names a %s that cannot be', (field, change) => {
    const refusal = faultOfForm({ ...plain, ...change });
    expect(refusal).toMatchObject({ code: 'MALFORMED', retryAfterS: null });
    expect(refusal?.message.startsWith(`${field}: expected `)).toBe(true);
  });
});
