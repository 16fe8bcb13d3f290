export { AuditError, type AuditErrorCode } from './audit.errors.js';
export { AuditModule } from './audit.module.js';
export { cbvWord, factOf, type Amount, type Arrival, type Fact, type Role } from './engine/fact.js';
export type { Reading } from './engine/readings.js';
export * from './mass-balance/index.js';
