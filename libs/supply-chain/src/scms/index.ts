export { SCMS_CONTEXT, scmsEvents } from './events.js';
export {
  SCMS_IDENTIFIER_DERIVATION,
  SCMS_PARTNER,
  scmsIdentifiers,
  type ScmsIdentifiers,
} from './identifiers.js';
export {
  scmsCollisions,
  scmsProducts,
  scmsSites,
  scmsVendors,
  type ScmsCollision,
  type ScmsProduct,
  type ScmsSite,
  type ScmsVendor,
} from './master-data.js';
export { readScms, type ScmsLine } from './read-scms.js';
export type { ScmsAmount, ScmsRow } from './row.js';
