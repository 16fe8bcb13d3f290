import { afterAll, describe, expect, it } from '@jest/globals';
import { NlpError } from '../nlp.errors.js';
import { cachedEncoder } from './cached-encoder.js';
import { packagedEncoder } from './packaged-encoder.js';
import { cosine, encodable, type SentenceEncoder } from './sentence-encoder.strategy.js';
import { memoryVectorCache } from './vector-cache.js';

describe('the packaged encoder', () => {
  const encoder = packagedEncoder();
  afterAll(() => encoder.close());

  it('puts sentences of one meaning nearer than sentences of another', async () => {
    const [recall, same, other] = await encoder.encode([
      'The firm recalls ground beef because of E. coli.',
      'Beef is being taken back over a bacterial contamination.',
      'The meeting about the new parking garage is on Monday.',
    ]);
    expect(cosine(recall!, same!)).toBeGreaterThan(cosine(recall!, other!) + 0.2);
    expect(cosine(recall!, recall!)).toBeCloseTo(1, 5);
  });

  it('gives a text the same vector alone and among others', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `lot ${index} was late ${'again '.repeat(index)}`);
    const together = await encoder.encode(texts);
    const [alone] = await encoder.encode([texts[19]!]);
    expect(cosine(alone!, together[19]!)).toBeGreaterThan(0.9999);
  });

  it.each(['', '  \n\t ', '…!?', '\u{1F4A5}'])('has no direction for %j', async (text) => {
    const [vector, spoken] = await encoder.encode([text, 'beef']);
    expect(vector!.every((value) => value === 0)).toBe(true);
    expect(cosine(spoken!, spoken!)).toBeCloseTo(1, 5);
  });

  it('takes half a surrogate pair and a very long text', async () => {
    const vectors = await encoder.encode(['beef \ud83d', 'beef '.repeat(100_000)]);
    for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
  });

  it('refuses after it was closed, and fails what was waiting', async () => {
    const closing = packagedEncoder();
    const failure = closing.encode(['beef']).catch((error: unknown) => error);
    await closing.close();
    expect(await failure).toMatchObject({ code: 'ENCODER_STOPPED' });
    await expect(closing.encode(['beef'])).rejects.toThrow(NlpError);
  });
});

describe('encodable', () => {
  it('folds what only looks different', () => {
    expect(encodable('  ﬁrm\u00a0recalls\u200b\r\nＢｅｅｆ ')).toBe('firm recalls Beef');
  });
});

describe('a cached encoder', () => {
  function counting(): SentenceEncoder & { readonly asked: string[] } {
    const asked: string[] = [];
    return {
      id: 'counting/1',
      dimensions: 1,
      asked,
      async encode(texts) {
        asked.push(...texts);
        return texts.map((text) => Float32Array.of(text.length));
      },
      async close() {},
    };
  }

  it('asks for each text once and answers in order', async () => {
    const inner = counting();
    const encoder = cachedEncoder(inner);
    await encoder.encode(['aa', 'b', 'aa']);
    const vectors = await encoder.encode(['b', 'ccc', 'aa']);
    expect(vectors.map(([value]) => value)).toEqual([1, 3, 2]);
    expect(inner.asked).toEqual(['aa', 'b', 'ccc']);
  });

  it('forgets what was not used for longest', async () => {
    const inner = counting();
    const encoder = cachedEncoder(inner, memoryVectorCache(2));
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await encoder.encode([text]);
    expect(inner.asked).toEqual(['a', 'b', 'c', 'b']);
  });
});
