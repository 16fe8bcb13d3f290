import { fileURLToPath } from 'node:url';
import { assertForecasts } from '../backtest/check-forecasts.js';
import type { Forecaster } from '../contract/forecaster.js';
import { ApartError } from './apart.errors.js';
import { CandidateHost, type ApartBounds } from './candidate-host.js';

const BOUNDS: ApartBounds = {
  timeoutMs: 480_000,
  heapMb: 1_024,
  residentMb: 4_096,
  entry: fileURLToPath(new URL('./candidate-process.js', import.meta.url)),
};

const SEED = 1;

/** A forecaster that lives in a process of its own until it is stopped. */
export interface ApartForecaster {
  readonly forecaster: Forecaster;
  stop(): Promise<void>;
}

/**
 * An artifact that nobody voted for, as a forecaster: it runs in a process of its own, with less claim to the processor, for a
 * bounded time and in bounded memory. Whatever it does there, the caller gets sound forecasts or an error. Stop it when done.
 *
 * @param bounds those of a whole run where left out: 8 minutes, 1 GiB of JavaScript objects, 4 GiB in all
 * @throws ApartError from `predict`, or ForecastingError `INVALID_FORECAST` for forecasts that could not be scored
 */
export function forecastApart(
  artifact: Uint8Array,
  name: string,
  bounds: Partial<ApartBounds> = {},
): ApartForecaster {
  let host: CandidateHost | undefined;
  const forecaster: Forecaster = {
    name,
    fit: (panel) =>
      Promise.resolve({
        predict: async (horizon, levels) => {
          host ??= new CandidateHost({ ...BOUNDS, ...bounds });
          const reply = await host.ask({ artifact, panel, horizon, levels, seed: SEED });
          if ('refusal' in reply) throw new ApartError(reply.refusal);
          const ids = panel.series.map(({ id }) => id);
          assertForecasts(name, reply.forecasts, ids, { horizon, levels });
          return [...reply.forecasts];
        },
      }),
  };
  return { forecaster, stop: async () => host?.stop() };
}
