export { BigIntScalar } from './big-int.scalar.js';
export { DateTimeScalar } from './date-time.scalar.js';
export { HexScalar } from './hex.scalar.js';
export { JsonScalar } from './json.scalar.js';
