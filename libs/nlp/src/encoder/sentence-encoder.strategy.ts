/** One way to turn texts into vectors of meaning: the strategy behind which encoders are swapped. */
export interface SentenceEncoder {
  /** Names the weights, so that vectors of two encoders are never compared, such as `use-lite-en/0.2.0`. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One vector of length 1 a text, in the order of the texts; the dot product of two is their cosine.
   * A text without a single letter or digit has no meaning to encode: its vector is all zeros.
   *
   * @throws NlpError `ENCODER_MISSING` when the weights are not there, `ENCODER_FAILED`, `ENCODER_STOPPED`
   */
  encode(texts: readonly string[]): Promise<Float32Array[]>;
  /** Frees threads and weights; the encoder cannot be used after it. */
  close(): Promise<void>;
}

/** Characters of a text that an encoder reads; what follows does not count. */
export const ENCODED_CHARACTERS = 4_000;

/** The text as encoders read it: composed (NFKC), control characters and runs of blanks folded, cut. */
export function encodable(text: string): string {
  return text
    .slice(0, 2 * ENCODED_CHARACTERS)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, ENCODED_CHARACTERS)
    .toWellFormed();
}

/** False for a text that says nothing: blanks, punctuation, symbols. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Cosine of two vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
