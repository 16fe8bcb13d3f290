export {
  affectedRoot,
  canonicalCriteria,
  criteriaHash,
  type CanonicalCriteria,
  type RecallCriteria,
} from './criteria.js';
export { RecallOutbox, type UnopenedRecall } from './recall-outbox.repository.js';
export { RecallPreviewReader, type AffectedItem, type RecallPreview } from './recall-preview.reader.js';
export { RecallReader, type RecallHolderRow, type RecallItemRow, type RecallRow } from './recall.reader.js';
export { RecallDrillService } from './recall-drill.service.js';
export type { RecallAccount, RecallProgress } from './recall-progress.js';
export { RecallProgressReader } from './recall-progress.reader.js';
export { RECALL_WEBHOOK, recallId, RecallService, type RecallOpening } from './recall.service.js';
