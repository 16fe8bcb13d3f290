export * from './contract/forecaster.js';
export * from './contract/panel.js';
export * from './contract/random.js';
export * from './forecasting.errors.js';
export * from './backtest/metrics.js';
export { type LocalFit, type LocalMethod } from './methods/local-method.js';
export { localForecaster, type LocalForecasterOptions } from './methods/local-forecaster.js';
export { drift, naive, seasonalNaive, windowAverage } from './methods/naive.js';
