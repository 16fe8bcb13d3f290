import { decodeModel, floatsOf, type Engine } from '@tallyhouse/compute';
import { sha256Hex } from '@tallyhouse/proofs';
import { NlpError } from '../../nlp.errors.js';
import { encodable, saysSomething, type SentenceEncoder } from '../sentence-encoder.strategy.js';
import { hashedInputs } from './hashed-features.js';

/** Files of format 1 had a smaller table, and were never trained where nobody looked at the steps. */
export const ENCODER_FORMAT = 'tallyhouse-encoder/2';
export const ENCODER_METADATA = 'tallyhouse';

const BATCH = 256;
const MOST_DIMENSIONS = 4_096;

function dimensionsOf(bytes: Uint8Array): number {
  const refuse = (reason: string): never => {
    throw new NlpError('MODEL_UNREADABLE', `the file is no encoder: ${reason}`);
  };
  try {
    const { metadata } = decodeModel(bytes);
    const found = JSON.parse(metadata[ENCODER_METADATA] ?? 'null') as Record<string, unknown> | null;
    if (found?.format !== ENCODER_FORMAT)
      return refuse(
        `its format is ${JSON.stringify(found?.format)}, not ${ENCODER_FORMAT}: write it by ./tallyhouse nlp distil`,
      );
    const { dimensions } = found;
    if (typeof dimensions === 'number' && dimensions >= 1 && dimensions <= MOST_DIMENSIONS) return dimensions;
    return refuse(`dimensions is ${JSON.stringify(dimensions)}`);
  } catch (error) {
    if (error instanceof NlpError) throw error;
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/**
 * An encoder from a file that {@link distilEncoder} wrote, on any engine: thousands of texts a second on a CPU, in the
 * space of its teacher (but its own id: vectors of the two are kept apart).
 *
 * @throws NlpError `MODEL_UNREADABLE`
 */
export async function distilledEncoder(bytes: Uint8Array, engine: Engine): Promise<SentenceEncoder> {
  const dimensions = dimensionsOf(bytes);
  const session = await engine.load(bytes);
  return {
    id: `distilled/${sha256Hex(bytes).slice(2, 18)}`,
    dimensions,
    async encode(texts) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += BATCH) {
        const batch = texts.slice(from, from + BATCH).map(encodable);
        const flat = floatsOf(await session.run(hashedInputs(batch)), 'vectors');
        batch.forEach((text, at) =>
          vectors.push(
            saysSomething(text)
              ? flat.slice(at * dimensions, (at + 1) * dimensions)
              : new Float32Array(dimensions),
          ),
        );
      }
      return vectors;
    },
    close: () => session.dispose(),
  };
}
