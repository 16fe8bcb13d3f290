import { float32, GraphBuilder, type Graph } from '@tallyhouse/compute';
import type { LinearScore } from '../classifier/logistic.js';

/**
 * The labelling of texts as a graph that every engine runs: `features` and `values` [batch, slots] are a text's
 * features (unused slots: feature 0, value 0), `probabilities` [batch, labels] are calibrated.
 */
export function modelGraph(scores: readonly LinearScore[], width: number): Graph {
  const labels = scores.length;
  const weights = new Float32Array(width * labels);
  scores.forEach((score, label) => {
    for (let feature = 0; feature < width; feature++)
      weights[feature * labels + label] = score.weights[feature]!;
  });
  const g = new GraphBuilder('text-labels');
  const features = g.input('features', ['batch', 'slots'], 'int64');
  const values = g.reshape(g.input('values', ['batch', 'slots']), ['batch', 'slots', 1]);
  const table = g.parameter('weights', float32([width, labels], weights));
  const bias = g.parameter(
    'bias',
    float32(
      [labels],
      scores.map((score) => score.bias),
    ),
  );
  const odds = g.add(g.reduceSum(g.mul(g.gather(table, features), values), [1]), bias);
  return g.build({ probabilities: g.sigmoid(odds) });
}
