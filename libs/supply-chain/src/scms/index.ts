export { SCMS_CONTEXT, scmsEvents } from './events.js';
export { scmsCollisions, scmsProducts, scmsSites } from './master-data.js';
export { readScms, type ScmsLine } from './read-scms.js';
export type { ScmsRow } from './row.js';
