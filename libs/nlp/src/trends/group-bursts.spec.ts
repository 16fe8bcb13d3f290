import { describe, expect, it } from '@jest/globals';
import { topicGroups } from '../topics/topic-groups.js';
import { groupBursts } from './group-bursts.js';

const axis = (...values: number[]) => Float32Array.from(values.map((value) => value / Math.hypot(...values)));
const WEEKS = 60;
/** Weekly counts of 40 texts: `usual` a week, `raised` in weeks 30 to 33. */
const series = (usual: number, raised = usual) =>
  Array.from({ length: WEEKS }, (_, week) => ({
    count: week >= 30 && week < 34 ? raised : usual,
    total: 40,
  }));

describe('topicGroups', () => {
  it('puts like topics together and leaves out what nearly all texts speak of', () => {
    const topics = [axis(1, 0, 0), axis(0, 1, 0), axis(0.9, 0.1, 0), axis(0, 0, 1)];
    const groups = topicGroups(topics.map((centroid) => ({ centroid, size: 10 })));
    expect(groups).toEqual([[0], [1], [2], [3], [0, 2]]);
  });

  it('of one topic or none gives no group', () => {
    expect(topicGroups([{ centroid: axis(1), size: 3 }])).toEqual([[0]]);
    expect(topicGroups([])).toEqual([]);
  });
});

describe('groupBursts', () => {
  it('finds a burst that is split over topics too small to show it, once', () => {
    const topics = [series(1, 3), series(1, 3), series(1, 3), series(12)];
    const alone = groupBursts(topics, [[0], [1], [2], [3]]);
    const together = groupBursts(topics, [[0], [1], [2], [3], [0, 1], [0, 1, 2]]);
    expect(alone).toEqual([]);
    expect(together).toHaveLength(1);
    expect(together[0]).toMatchObject({ members: [0, 1, 2], burst: { from: 30, to: 33, count: 36 } });
  });

  it('says of a burst of one topic that it is of that topic, and not of those that it is grouped with', () => {
    const topics = [series(2, 14), series(6), series(6)];
    const [burst, ...others] = groupBursts(topics, [[0], [1], [2], [0, 1], [0, 1, 2]]);
    expect(burst?.members).toEqual([0]);
    expect(others).toEqual([]);
  });

  it('calls a level that lasts most of the time no burst', () => {
    const lasting = Array.from({ length: WEEKS }, (_, week) => ({ count: week < 20 ? 1 : 9, total: 40 }));
    expect(groupBursts([lasting], [[0]])).toEqual([]);
  });
});
