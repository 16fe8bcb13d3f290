import { describe, expect, it } from '@jest/globals';
import { loopStages } from './loop.js';
import type { LoopReads } from './loop.js';

const nothing: LoopReads = {
  status: undefined,
  series: undefined,
  runs: undefined,
  proposals: undefined,
  models: undefined,
};
const stages = (reads: Partial<LoopReads>) =>
  Object.fromEntries(
    loopStages({ ...nothing, ...reads })
      .flatMap((group) => group.stages)
      .map((one) => [one.name, one]),
  );
const empty = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
const family = (running: string | null, active: string | null) =>
  ({ active: active ? { id: active } : null, runtime: { runningVersionId: running } }) as never;

describe('loopStages', () => {
  it('shows dashes, not zeros, for what has not been read', () => {
    expect(new Set(Object.values(stages({})).map((one) => one.value))).toEqual(new Set(['–', '–']));
  });

  it('calls a family that runs another version than the decided one', () => {
    expect(stages({ models: [family('0x1', '0x1'), family('0x2', '0x3')] }).Running).toMatchObject({
      value: '1 of 2',
      tone: 'bad',
    });
  });

  it('does not count a family for which nothing was decided', () => {
    expect(stages({ models: [family(null, null)] }).Running).toMatchObject({
      value: '0 of 0',
      tone: 'plain',
    });
  });

  it('says that no vote was cast rather than dividing by nothing', () => {
    const node = { id: '7', state: 'PENDING', forVotes: '0', againstVotes: '0', abstainVotes: '0' } as never;
    const read = stages({ proposals: { ...empty, edges: [{ node }] } });
    expect(read.Vote).toMatchObject({ value: 'none', to: '/governance/7' });
  });

  it('marks an index that is behind', () => {
    const counts = { captured: 1, anchored: 1, pending: 0, batches: 1, forecasts: 0, proposals: 0 };
    const status = { blockNumber: '9', lagBlocks: 300, lagSeconds: 600, counts } as never;
    expect(stages({ status }).Indexed).toMatchObject({ tone: 'warn', note: 'block; 10 min behind' });
  });
});
