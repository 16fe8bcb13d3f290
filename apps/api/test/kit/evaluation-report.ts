import { sha256Hex, type Hex } from '@tallyhouse/proofs';

const FIGURES = {
  ...{ forecasts: 24, smape: 21.4, mase: 0.87, owa: 0.91, rmsse: 0.8, mae: 3.1, bias: -0.2, crps: 2.2 },
  pinball: { '0.1': 0.9, '0.9': 1.1 },
  coverage: { '0.8': 0.79 },
};

/** The report of every version of the tests, as a backtest writes it. */
export const EVALUATION_REPORT = new TextEncoder().encode(
  JSON.stringify({
    ...{ format: 'tallyhouse-evaluation/1', frequency: 'weekly', seasonLength: 52, horizon: 8 },
    folds: [{ origin: '2025-11-03', series: 12 }],
    models: { theta: { overall: FIGURES, groups: { SITE: FIGURES }, fallbacks: {} } },
  }),
);

export const REPORT_SHA256: Hex = sha256Hex(EVALUATION_REPORT);
