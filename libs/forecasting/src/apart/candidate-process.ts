import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import { forecasterFromArtifact } from '../artifact/artifact.js';
import type { ApartReply, ApartRequest } from './apart-messages.js';

// The entry of the process in which a candidate forecasts; candidate-host.ts is the other end.

let engine: Promise<Engine> | undefined;

async function forecast({ artifact, panel, horizon, levels, seed }: ApartRequest): Promise<ApartReply> {
  try {
    // The GPU belongs to the model that runs.
    const opened = await (engine ??= openEngine({ device: 'cpu', threads: 1 }));
    const forecaster = await forecasterFromArtifact(artifact, { engine: opened });
    const fitted = await forecaster.fit(panel, { rng: seededRandom(seed), engine: opened });
    return { forecasts: await fitted.predict(horizon, levels) };
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (request) => {
  void forecast(request as ApartRequest).then((reply) => process.send?.(reply));
});
process.once('disconnect', () => process.exit(0));
