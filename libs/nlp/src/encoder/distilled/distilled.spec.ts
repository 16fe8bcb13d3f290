import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import { simulatedTexts } from '../../../test/simulated-texts.js';
import { packagedEncoder } from '../packaged-encoder.js';
import { cosine, type SentenceEncoder } from '../sentence-encoder.strategy.js';
import { transformersFolderEncoder } from '../transformers-folder.js';
import { distilEncoder } from './distil.js';
import { distilledEncoder } from './distilled-encoder.js';

jest.setTimeout(120_000);

describe('a distilled encoder', () => {
  const teacher = packagedEncoder();
  const losses: number[] = [];
  let engine: Engine;
  let student: SentenceEncoder;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
    const bytes = await distilEncoder(
      simulatedTexts(20, 1).map(({ text }) => text),
      teacher,
      { engine, random: seededRandom(3), steps: 12, batchSize: 8, onStep: (_, loss) => losses.push(loss) },
    );
    student = await distilledEncoder(bytes, engine);
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await teacher.close();
  });

  it('comes nearer to its teacher with every step, also on a text that it has not seen', async () => {
    expect(losses.at(-1)).toBeLessThan(0.6 * losses[0]!);
    const unseen = simulatedTexts(3, 2).map(({ text }) => text);
    const [wanted, found] = [await teacher.encode(unseen), await student.encode(unseen)];
    for (const [at, vector] of wanted.entries()) expect(cosine(vector, found[at]!)).toBeGreaterThan(0.3);
  });

  it('gives unit vectors, none for a text without words, the same alone and among others', async () => {
    const text = 'a firm in the north had salmonella in its eggs';
    const [alone] = await student.encode([text]);
    const [among, empty] = await student.encode([text, '…', `${text} and more of it`]);
    expect(cosine(alone!, among!)).toBeCloseTo(1, 4);
    expect(empty!.every((value) => value === 0)).toBe(true);
  });

  it('is refused when the file is something else', async () => {
    await expect(distilledEncoder(new Uint8Array([1, 2]), engine)).rejects.toThrow(/no encoder/);
    await expect(distilEncoder(['a'], teacher, { engine, random: seededRandom(1) })).rejects.toThrow(
      /at least 16/,
    );
  });
});

describe('the adapter for a transformers.js folder', () => {
  it('says that the folder or the package is missing, and what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'model-'));
    try {
      await expect(transformersFolderEncoder(folder)).rejects.toThrow(/holds no config.json/);
      await writeFile(join(folder, 'config.json'), '{}');
      await expect(transformersFolderEncoder(folder)).rejects.toMatchObject({
        code: 'ENCODER_MISSING',
        message: expect.stringContaining('npm install @huggingface/transformers') as unknown,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
