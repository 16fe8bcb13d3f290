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
const WORD_SIZE = 128;
const HIDDEN_UNITS = 256;

/** Cosines are divided by this before shares are made of them: .05 nearer counts e times as much. */
const TEMPERATURE = 0.05;
/** What each part of the loss counts; see {@link lossOf}. */
const WEIGHTS = { alike: 8, ranked: 1, paired: 0.6 } as const;

/** The encoder as two graphs whose parameters have the same names. */
export interface EncoderNetwork {
  /**
   * Inputs: `bags` as `denseInputs`, `teacher` [batch, dimensions], and two matrices [batch, batch] that hold a 1 where
   * two rows are halves of one text (`partners`) and where they are the same row (`itself`).
   */
  readonly training: TrainingStep;
  /** Inputs as `hashedInputs`; output `vectors` [batch, dimensions] of length 1. */
  readonly inference: Graph;
}

/** How the words' rows of the table are added up. */
type Sum = (g: GraphBuilder, table: Value) => Value;

/** As many reads of the table as a text has words. */
const sumOfRows: Sum = (g, table) => {
  const features = g.input('features', ['batch', 'slots'], 'int64');
  const values = g.reshape(g.input('values', ['batch', 'slots']), ['batch', 'slots', 1]);
  return g.reduceSum(g.mul(g.gather(table, features), values), [1]);
};

/** The same for training: the gradient of reads is a product with a matrix of all words of a batch, this one is small. */
const product: Sum = (g, table) => g.gemm(g.input('bags', ['batch', BUCKETS]), table);

function unit(g: GraphBuilder, x: Value): Value {
  return g.div(x, g.sqrt(g.add(g.reduceSum(g.square(x), [1], true), 1e-9)));
}

/** Adds up the words' rows of the table, then two layers. */
function vectors(g: GraphBuilder, sum: Sum, dimensions: number, random: Random): Value {
  const initial = Float32Array.from({ length: BUCKETS * WORD_SIZE }, () => 0.3 * random.normal());
  const words = sum(g, g.parameter('words', float32([BUCKETS, WORD_SIZE], initial)));
  const hidden = dense(g, words, { name: 'hidden', units: HIDDEN_UNITS, random, activation: 'tanh' });
  return unit(g, dense(g, hidden, { name: 'vector', units: dimensions, random }));
}

/**
 * Three wishes. _Alike_: each vector is the teacher's. _Ranked_: it lies among the teacher's vectors of the batch as the
 * teacher's own does; where all texts are of one kind their vectors share most of their length, and a student that is only
 * alike learns what they share and hardly what tells them apart. _Paired_: of two halves of a text's words
 * each finds the other (van den Oord, Li and Vinyals 2018), so that words which the teacher does not know count too.
 */
function lossOf(g: GraphBuilder, student: Value, teacher: Value): Value {
  const cosines = (x: Value, y: Value): Value => g.gemm(x, y, undefined, { transB: true });
  const shares = (x: Value): Value => g.softmax(g.div(x, TEMPERATURE), 1);
  const surprise = (wanted: Value, found: Value): Value =>
    g.neg(g.reduceMean(g.reduceSum(g.mul(wanted, g.log(g.add(shares(found), 1e-9))), [1])));
  const alike = g.reduceMean(g.reduceSum(g.mul(student, teacher), [1]));
  const ranked = surprise(shares(cosines(teacher, teacher)), cosines(student, teacher));
  const others = g.sub(cosines(student, student), g.mul(100, g.input('itself', ['batch', 'batch'])));
  const paired = surprise(g.input('partners', ['batch', 'batch']), others);
  const { alike: a, ranked: r, paired: p } = WEIGHTS;
  return g.add(g.mul(a, g.sub(1, alike)), g.add(g.mul(r, ranked), g.mul(p, paired)));
}

/**
 * A bag of hashed words and two layers, trained to give the vectors of a slower encoder (Hinton, Vinyals and Dean
 * 2015).
 */
export function buildEncoderNetwork(dimensions: number, random: Random): EncoderNetwork {
  const training = new GraphBuilder('distilled-encoder-training');
  const student = vectors(training, product, dimensions, random);
  const loss = lossOf(training, student, training.input('teacher', ['batch', dimensions]));
  const inference = new GraphBuilder('distilled-encoder');
  return {
    inference: inference.build({ vectors: vectors(inference, sumOfRows, dimensions, random) }),
    training: trainingStep(training, loss, { weightDecay: 1e-4, clipNorm: 1 }),
  };
}
