export type {
  BizTransaction,
  CaptureError,
  Destination,
  EpcisDocument,
  EpcisEvent,
  ErrorDeclaration,
  EventAction,
  EventType,
  JsonObject,
  JsonValue,
  QuantityElement,
  SensorElement,
  SensorReport,
  Source,
} from './epcis.types.js';
export { canonicalJson, jcsSha256 } from './canonical/jcs.js';
export { resolveContext, standardContext, type EpcisContext } from './document/context.js';
export { eventHashHex, eventHashId, hashIdFromHex } from './hash/event-hash.js';
export { eventPreHash, type HashOptions } from './hash/pre-hash.js';
export { gln, gtin, gtinClass, lgtin, pgln, sgln, sgtin, sscc } from './identifiers/builders.js';
export { checkDigit, hasValidCheckDigit } from './identifiers/check-digit.js';
export type { Gs1Key, KeyAi, QualifierAi } from './identifiers/gs1-key.js';
export { normalizeIdentifier, parseIdentifier, toDigitalLink } from './identifiers/normalize.js';
