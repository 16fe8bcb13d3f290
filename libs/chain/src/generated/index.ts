// Generated from the compiled contracts by `npm run compile`. Do not edit.
export * from './custody.js';
export * from './forecast-ledger.js';
export * from './model-registry.js';
export * from './partner-registry.js';
export * from './recall-notice.js';
export * from './tally-governor.js';
export * from './tally-token.js';
export * from './timelock-controller.js';
export * from './trace-anchor.js';
