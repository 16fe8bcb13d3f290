import {
  encodeModel,
  float32,
  openTrainer,
  withParameters,
  type Engine,
  type Random,
} from '@tallyhouse/compute';
import { canonicalJson } from '@tallyhouse/proofs';
import { NlpError } from '../../nlp.errors.js';
import type { SentenceEncoder } from '../sentence-encoder.strategy.js';
import { ENCODER_FORMAT, ENCODER_METADATA } from './distilled-encoder.js';
import { hashedInputs } from './hashed-features.js';
import { buildEncoderNetwork } from './network.js';

export interface DistilOptions {
  readonly engine: Engine;
  readonly random: Random;
  /** Steps of Adam; 300 unless given. */
  readonly steps?: number;
  /** Texts a step; 64 unless given. */
  readonly batchSize?: number;
  readonly onStep?: (step: number, loss: number) => void;
}

const FEWEST_TEXTS = 16;
const LEARNING_RATE = 3e-3;

/**
 * Trains a fast encoder to give the vectors of `teacher` on texts like `texts`, and returns its file. The same texts,
 * random stream and engine give the same file.
 *
 * @throws NlpError `TOO_FEW_TEXTS`; what the teacher throws
 */
export async function distilEncoder(
  texts: readonly string[],
  teacher: SentenceEncoder,
  { engine, random, steps = 300, batchSize = 64, onStep }: DistilOptions,
): Promise<Uint8Array> {
  if (texts.length < FEWEST_TEXTS)
    throw new NlpError(
      'TOO_FEW_TEXTS',
      `${texts.length} texts: at least ${FEWEST_TEXTS} are needed to distil from`,
    );
  const wanted = await teacher.encode(texts);
  const network = buildEncoderNetwork(teacher.dimensions, random.fork(1));
  const draws = random.fork(2);
  const trainer = await openTrainer(engine, network.training);
  try {
    for (let step = 0; step < steps; step++) {
      const rows = Array.from({ length: batchSize }, () => draws.below(texts.length));
      const target = new Float32Array(batchSize * teacher.dimensions);
      rows.forEach((row, at) => target.set(wanted[row]!, at * teacher.dimensions));
      const batch = {
        ...hashedInputs(rows.map((row) => texts[row]!)),
        teacher: float32([batchSize, teacher.dimensions], target),
      };
      const rate = LEARNING_RATE * (0.02 + 0.98 * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
      onStep?.(step, await trainer.step(batch, rate));
    }
    const manifest = { format: ENCODER_FORMAT, teacher: teacher.id, dimensions: teacher.dimensions };
    const graph = withParameters(network.inference, await trainer.parameters());
    return encodeModel(graph, { [ENCODER_METADATA]: canonicalJson(manifest) });
  } finally {
    await trainer.dispose();
  }
}
