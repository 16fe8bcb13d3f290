export {
  readScms,
  SCMS_CONTEXT,
  scmsCollisions,
  scmsEvents,
  scmsProducts,
  scmsSites,
  type ScmsLine,
  type ScmsRow,
} from './scms/index.js';
export { forgetDocuments, forgetRefusals } from './capture/forgetting.repository.js';
export { CaptureService } from './capture/capture.service.js';
export type { CaptureErrorBehaviour, CaptureOptions, CaptureOutcome } from './capture/capture.types.js';
export { productUri, siteUri } from './capture/series-names.js';
export { itemsOf, productOf, type ItemMention, type ItemRole } from './capture/mentions.js';
export { defaultStreamBounds, type StreamBounds } from './capture/document-splitter.js';
export { CorrectionReader, type EventCorrection } from './capture/correction.reader.js';
export {
  GENESIS_HEAD,
  LEAF_SCHEMA_ID,
  sealBatch,
  sealLeaves,
  type SealedBatch,
  type WaitingEvent,
} from './anchoring/batch.js';
export { previousLink, serializeSealing, storeBatch } from './anchoring/batch.repository.js';
export { RebuildService, type RebuildOutcome } from './anchoring/rebuild.service.js';
export { SubmissionRepository, type SubmissionMode } from './anchoring/submission.repository.js';
export { SealingService, type SealingLimits } from './anchoring/sealing.service.js';
export { AnchorRepository, type UnanchoredBatch } from './anchoring/anchor.repository.js';
export { originsOfEvents, originsOfRun, originsOfSeries } from './anchoring/trace-origin.repository.js';
export { SupplyChainModule } from './supply-chain.module.js';
export * from './read/index.js';
export * from './bundle/index.js';
export * from './query/index.js';
export * from './master-data/index.js';
export * from './sender/index.js';
export * from './export/index.js';
export * from './subscription/index.js';
export { GrantRepository } from './sharing/grant.repository.js';
export type { GrantRow, NewGrant } from './sharing/grant.rows.js';
export { ReadAuditReader, type DataReadRow } from './sharing/read-audit.reader.js';
export { SharedEventReader, type SharedEventRow } from './sharing/shared-event.reader.js';
export { type SharingErrorCode } from './sharing/sharing.errors.js';
export { SharingRepository, type SharingRow } from './sharing/sharing.repository.js';
