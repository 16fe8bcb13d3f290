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
export {
  CaptureService,
  type CaptureErrorBehaviour,
  type CaptureOptions,
  type CaptureOutcome,
} from './capture/capture.service.js';
export { CorrectionReader, type EventCorrection } from './capture/correction.reader.js';
export {
  GENESIS_HEAD,
  LEAF_SCHEMA_ID,
  sealBatch,
  type SealedBatch,
  type WaitingEvent,
} from './anchoring/batch.js';
export { SealingService, type SealingLimits } from './anchoring/sealing.service.js';
export { AnchorRepository, type UnanchoredBatch } from './anchoring/anchor.repository.js';
export { SupplyChainModule } from './supply-chain.module.js';
export * from './read/index.js';
export * from './bundle/index.js';
export * from './query/index.js';
