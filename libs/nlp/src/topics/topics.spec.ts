import { describe, expect, it } from '@jest/globals';
import { classTerms } from './class-terms.js';
import { discoverTopics } from './discover-topics.js';
import { seededUniform } from './seeded.js';
import { sphericalKMeans } from './spherical-k-means.js';

/** Unit vectors around the axes of a cube, with the axis of each. */
function around(axes: number, each: number, seed: number): { vectors: Float32Array[]; axis: number[] } {
  const uniform = seededUniform(seed);
  const axis = Array.from({ length: axes * each }, (_, index) => index % axes);
  const vectors = axis.map((own) => {
    const vector = Float32Array.from(
      { length: axes },
      (_, i) => (i === own ? 1 : 0) + (uniform() - 0.5) * 0.6,
    );
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  });
  return { vectors, axis };
}

describe('spherical k-means', () => {
  it('finds clusters that are there, the same for the same seed', () => {
    const { vectors, axis } = around(5, 40, 1);
    const { assignment } = sphericalKMeans(vectors, 5, 7);
    for (let own = 0; own < 5; own += 1) {
      expect(new Set(assignment.filter((_, index) => axis[index] === own)).size).toBe(1);
    }
    expect(sphericalKMeans(vectors, 5, 7).assignment).toEqual(assignment);
  });

  it('leaves vectors of zeros out and copes with fewer vectors than clusters', () => {
    const { assignment, centroids } = sphericalKMeans([new Float32Array(3), Float32Array.of(1, 0, 0)], 4, 1);
    expect([...assignment]).toEqual([-1, 0]);
    expect(centroids).toHaveLength(1);
    expect(sphericalKMeans([], 4, 1).centroids).toEqual([]);
  });
});

describe('topics', () => {
  const subjects = [
    'undeclared milk allergen missing on the label of the package',
    'pieces of glass and metal found in jars by consumers',
    'salmonella found in routine samples of raw chicken',
  ];

  it('are named by what only they speak of, the largest first', () => {
    const { vectors, axis } = around(3, 30, 2);
    const kept = axis
      .map((own, index) => ({ own, vector: vectors[index]! }))
      .filter(({ own }, index) => own !== 1 || index % 2 === 0);
    const texts = kept.map(({ own }, index) => `The firm said: ${subjects[own]} number ${index}`);
    const { topics, topicOf } = discoverTopics(
      texts,
      kept.map(({ vector }) => vector),
      { topics: 3, seed: 1 },
    );
    expect(topics.map(({ size }) => size)).toEqual([30, 30, 15]);
    const glass = topics[topicOf[texts.findIndex((text) => text.includes('glass'))]!]!;
    expect(glass.name).toMatch(/glass/);
    expect(glass.name).not.toMatch(/firm|milk|salmonella/);
  });

  it('hold every text that says something once', () => {
    const { vectors } = around(4, 25, 3);
    const { topics, topicOf } = discoverTopics(
      vectors.map(() => 'word'),
      vectors,
      { seed: 5 },
    );
    expect(topics.reduce((sum, { size }) => sum + size, 0)).toBe(100);
    expect([...topicOf].every((topic) => topic >= 0 && topic < topics.length)).toBe(true);
  });

  it('do not name a topic by pieces of one and the same word', () => {
    const [terms] = classTerms(
      ['red apple pie', 'red apples pie', 'blue sky', 'blue sea'],
      [0, 0, 1, 1],
      2,
      3,
    );
    expect(terms!.map(({ term }) => term)).not.toEqual(expect.arrayContaining(['red apple', 'red']));
  });
});
