export { AnchorBacklogReader } from './anchor-backlog.reader.js';
export { EventReader } from './event.reader.js';
export type { EventFilter, EventItemRow, EventRow, EventSealRow, EventStatus } from './event.rows.js';
export {
  BatchReader,
  type AnchoringRow,
  type BatchFilter,
  type BatchRow,
  type BatchStatus,
} from './batch.reader.js';
export { CaptureDocumentReader, type CaptureDocumentRow } from './capture-document.reader.js';
export { CaptureJobReader, type CaptureErrorRow, type CaptureJobRow } from './capture-job.reader.js';
export { ItemReader, type ItemRow } from './item.reader.js';
export { ProofReader, type EventProofRow } from './proof.reader.js';
export { ProofInconsistentError } from './proof.errors.js';
export { PartnerReader, type PartnerRow } from './partner.reader.js';
export { IndexStatusReader, type IndexCountsRow, type IndexStatusRow } from './index-status.reader.js';
export { anchoredBatch, anchoredPlace, hexOf } from './anchored-batch.sql.js';
export { BatchTrees } from './batch-trees.js';
export { exactTime, isUuid, timeAndId, type PageRequest } from './keyset.js';
