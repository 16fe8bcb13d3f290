import { encodeModel, openTrainer, withParameters, type Engine, type Random } from '@tallyhouse/compute';
import { canonicalJson } from '@tallyhouse/proofs';
import { NlpError } from '../../nlp.errors.js';
import type { SentenceEncoder } from '../sentence-encoder.strategy.js';
import { ENCODER_FORMAT, ENCODER_METADATA } from './distilled-encoder.js';
import { hashedTerms } from './hashed-features.js';
import { buildEncoderNetwork } from './network.js';
import { drawBatch } from './training-batch.js';

export interface DistilOptions {
  readonly engine: Engine;
  readonly random: Random;
  /** Steps of Adam; as many as {@link stepsFor} says unless given. */
  readonly steps?: number;
  /** Texts a step; 64 unless given. */
  readonly batchSize?: number;
  readonly onStep?: (step: number, loss: number) => void;
}

const FEWEST_TEXTS = 16;
const BATCH_SIZE = 64;
const LEARNING_RATE = 3e-3;
/** How often each text is read. */
const PASSES = 40;
const FEWEST_STEPS = 1_500;
const MOST_STEPS = 6_000;

/** Steps by the number of texts, so that each is read about 40 times; from 1,500 to 6,000. */
export function stepsFor(texts: number, batchSize = BATCH_SIZE): number {
  return Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.ceil((PASSES * texts) / batchSize)));
}

/**
 * Trains a fast encoder to give the vectors of `teacher` on texts like `texts`, and returns its file. The same texts,
 * random stream and engine give the same file.
 *
 * @throws NlpError `TOO_FEW_TEXTS`; what the teacher throws
 */
export async function distilEncoder(
  texts: readonly string[],
  teacher: SentenceEncoder,
  {
    engine,
    random,
    batchSize = BATCH_SIZE,
    steps = stepsFor(texts.length, batchSize),
    onStep,
  }: DistilOptions,
): Promise<Uint8Array> {
  if (texts.length < FEWEST_TEXTS)
    throw new NlpError(
      'TOO_FEW_TEXTS',
      `${texts.length} texts: at least ${FEWEST_TEXTS} are needed to distil from`,
    );
  const { dimensions } = teacher;
  const lesson = { terms: texts.map(hashedTerms), vectors: await teacher.encode(texts), dimensions };
  const network = buildEncoderNetwork(dimensions, random.fork(1));
  const draws = random.fork(2);
  const trainer = await openTrainer(engine, network.training);
  try {
    for (let step = 0; step < steps; step++) {
      const rate = LEARNING_RATE * (0.02 + 0.98 * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
      const loss = await trainer.step(drawBatch(lesson, batchSize, draws), rate);
      onStep?.(step, loss);
    }
    const manifest = { format: ENCODER_FORMAT, teacher: teacher.id, dimensions };
    const graph = withParameters(network.inference, await trainer.parameters());
    return encodeModel(graph, { [ENCODER_METADATA]: canonicalJson(manifest) });
  } finally {
    await trainer.dispose();
  }
}
