import { describe, expect, it } from '@jest/globals';
import type { BallotGovernor } from '@tallyhouse/governance';
import { BallotResolver } from './ballot.resolver.js';

const ballot = {
  ...({ kind: 'REASONED', proposalId: '7', support: 'FOR', reason: 'better', params: '0x' } as const),
  voter: `0x${'a1'.repeat(20)}`,
};

describe('a ballot to sign', () => {
  const asked: string[] = [];
  const governor = {
    toSign: ({ voter }: { voter: string }) => {
      asked.push(voter);
      return Promise.resolve({ message: { voter } });
    },
  } as unknown as BallotGovernor;
  const resolver = new BallotResolver(undefined as never, governor, undefined as never);

  it.each([
    ['voter', { voter: `0x${'01'.repeat(32)}` }],
    ['proposalId', { proposalId: '9'.repeat(78) }],
    ['reason', { reason: 'x'.repeat(2_001) }],
    ['params', { params: `0x${'00'.repeat(1_025)}` }],
  ])('with a %s that cannot be is refused before the chain is asked', async (field, change) => {
    await expect(resolver.ballotToSign({ ...ballot, ...change })).rejects.toMatchObject({
      message: expect.stringMatching(`^${field}: expected `) as unknown,
      extensions: { code: 'ARGUMENT_INVALID' },
    });
    expect(asked).toEqual([]);
  });

  it('of sound form is what the governor says', async () => {
    expect(await resolver.ballotToSign(ballot)).toMatchObject({ message: { voter: ballot.voter } });
  });
});
