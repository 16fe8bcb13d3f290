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
export { RECALL_WEBHOOK, recallId, RecallService } from './recall.service.js';
