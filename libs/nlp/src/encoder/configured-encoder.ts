import { readFile } from 'node:fs/promises';
import { openEngine } from '@tallyhouse/compute';
import { NlpError } from '../nlp.errors.js';
import { distilledEncoder } from './distilled/distilled-encoder.js';
import { packagedEncoder } from './packaged-encoder.js';
import type { SentenceEncoder } from './sentence-encoder.strategy.js';

/** Which encoder a process uses. */
export interface EncoderChoice {
  /** A file that {@link distilEncoder} wrote; undefined for the packaged encoder. */
  readonly textEncoderPath: string | undefined;
  /** What `openEngine` takes. */
  readonly device: string | undefined;
}

/**
 * The encoder that the environment names, on an engine of its own; closing it closes the engine. All processes of a
 * world must name the same: vectors of two encoders are kept apart, and search reads those of its own.
 *
 * @throws NlpError `ENCODER_MISSING` when the file cannot be read, `MODEL_UNREADABLE`
 */
export async function configuredEncoder({
  textEncoderPath,
  device,
}: EncoderChoice): Promise<SentenceEncoder> {
  if (textEncoderPath === undefined) return packagedEncoder();
  const bytes = await readFile(textEncoderPath).catch(() => {
    throw new NlpError(
      'ENCODER_MISSING',
      `TEXT_ENCODER: ${textEncoderPath} cannot be read; write it by ./tallyhouse nlp distil --out ${textEncoderPath}, or leave TEXT_ENCODER empty`,
    );
  });
  const engine = await openEngine({ ...(device === undefined ? {} : { device }), threads: 1 });
  try {
    const encoder = await distilledEncoder(bytes, engine);
    return {
      ...encoder,
      close: async () => {
        await encoder.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
