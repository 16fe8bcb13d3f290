import {
  dense,
  float32,
  GraphBuilder,
  trainingStep,
  type Graph,
  type Random,
  type TrainingStep,
  type Value,
} from '@tallyhouse/compute';
import { BUCKETS } from './hashed-features.js';

/** Numbers that a word is before words are added up. */
const WORD_SIZE = 64;

/** The encoder as two graphs that share their weights. */
export interface EncoderNetwork {
  readonly training: TrainingStep;
  /** Inputs as {@link hashedInputs}; output `vectors` [batch, dimensions] of length 1. */
  readonly inference: Graph;
}

function unit(g: GraphBuilder, x: Value): Value {
  return g.div(x, g.sqrt(g.add(g.reduceSum(g.square(x), [1], true), 1e-9)));
}

/** Adds up the words' rows of the table, then two layers. */
function vectors(g: GraphBuilder, dimensions: number, random: Random): Value {
  const features = g.input('features', ['batch', 'slots'], 'int64');
  const values = g.reshape(g.input('values', ['batch', 'slots']), ['batch', 'slots', 1]);
  const initial = Float32Array.from({ length: BUCKETS * WORD_SIZE }, () => 0.3 * random.normal());
  const table = g.parameter('words', float32([BUCKETS, WORD_SIZE], initial));
  const sum = g.reduceSum(g.mul(g.gather(table, features), values), [1]);
  const hidden = dense(g, sum, { name: 'hidden', units: 128, random, activation: 'tanh' });
  return unit(g, dense(g, hidden, { name: 'vector', units: dimensions, random }));
}

/**
 * A bag of hashed words and two layers, trained to give the vectors of a slower encoder (Hinton, Vinyals and Dean
 * 2015): each vector like the teacher's, and two texts as near to each other as the teacher puts them.
 */
export function buildEncoderNetwork(dimensions: number, random: Random): EncoderNetwork {
  const g = new GraphBuilder('distilled-encoder');
  const student = vectors(g, dimensions, random);
  const teacher = g.input('teacher', ['batch', dimensions]);
  const alike = g.reduceMean(g.reduceSum(g.mul(student, teacher), [1]));
  const near = (x: Value): Value => g.gemm(x, x, undefined, { transB: true });
  const apart = g.reduceMean(g.square(g.sub(near(student), near(teacher))));
  const loss = g.add(g.sub(1, alike), g.mul(5, apart));
  return {
    inference: g.build({ vectors: student }),
    training: trainingStep(g, loss, { weightDecay: 1e-4, clipNorm: 1 }),
  };
}
