export { nearDuplicateGroups, type NearDuplicateOptions } from './duplicates/near-duplicates.js';
