import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NlpError } from '../nlp.errors.js';
import { encodable, saysSomething, type SentenceEncoder } from './sentence-encoder.strategy.js';

/** What is used of `@huggingface/transformers`. */
interface TransformersPackage {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
  ): Promise<
    (
      texts: string[],
      options: { pooling: 'mean'; normalize: true },
    ) => Promise<{ readonly dims: readonly number[]; readonly data: ArrayLike<number> }>
  >;
}

const PACKAGE = '@huggingface/transformers';
const BATCH = 16;

async function loadPackage(name: string): Promise<TransformersPackage> {
  try {
    return (await import(name)) as TransformersPackage;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new NlpError(
      'ENCODER_MISSING',
      `${name} is not installed (${reason}): npm install ${name}, or use the packaged encoder`,
    );
  }
}

/**
 * Adapter for a model that transformers.js reads from a local folder (`config.json`, `tokenizer.json`, `onnx/`). The
 * package is an optional peer: who wants it installs it. Nothing is fetched from a network.
 *
 * @param folder of one model, such as `/srv/models/all-MiniLM-L6-v2`
 * @throws NlpError `ENCODER_MISSING` when folder or package is absent, `ENCODER_FAILED` when the model does not load
 */
export async function transformersFolderEncoder(folder: string): Promise<SentenceEncoder> {
  const present = await stat(join(folder, 'config.json')).then(
    (file) => file.isFile(),
    () => false,
  );
  if (!present) {
    throw new NlpError(
      'ENCODER_MISSING',
      `${folder} holds no config.json: give the folder of one model as transformers.js reads it`,
    );
  }
  const { env, pipeline } = await loadPackage(PACKAGE);
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
  const failed = (error: unknown): never => {
    throw new NlpError(
      'ENCODER_FAILED',
      `the model in ${folder} does not run: ${error instanceof Error ? error.message : String(error)}`,
    );
  };
  const extract = await pipeline('feature-extraction', basename(folder)).catch(failed);
  const options = { pooling: 'mean', normalize: true } as const;
  const dimensions = (await extract(['a'], options).catch(failed)).dims.at(-1)!;
  return {
    id: `transformers/${basename(folder)}`,
    dimensions,
    async encode(texts) {
      const cleaned = texts.map(encodable);
      const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
      const spoken = cleaned.flatMap((text, index) => (saysSomething(text) ? [index] : []));
      for (let from = 0; from < spoken.length; from += BATCH) {
        const part = spoken.slice(from, from + BATCH);
        const { data } = await extract(
          part.map((index) => cleaned[index]!),
          options,
        ).catch(failed);
        part.forEach((index, at) =>
          vectors[index]!.set(Array.from({ length: dimensions }, (_, axis) => data[at * dimensions + axis]!)),
        );
      }
      return vectors;
    },
    async close() {},
  };
}
