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
export { identifierFault, type IdentifierFault } from './checks/identifiers.js';
export type { CheckOptions } from './checks/event-checks.js';
export { offsetMinutes } from './checks/time-zone.js';
export { resolveContext, standardContext, type JsonLdContext } from './document/context.js';
export {
  defaultBounds,
  readDocument,
  type DocumentBounds,
  type ReadResult,
} from './document/read-document.js';
export { eventHashHex, eventHashId, hashIdFromHex } from './hash/event-hash.js';
export { eventPreHash, type HashOptions } from './hash/pre-hash.js';
export { gln, gtin, gtinClass, lgtin, pgln, sgln, sgtin, sscc } from './identifiers/builders.js';
export { checkDigit, hasValidCheckDigit } from './identifiers/check-digit.js';
export type { Gs1Key, KeyAi, QualifierAi } from './identifiers/gs1-key.js';
export { readEpcPattern, type EpcPattern } from './identifiers/epc-pattern.js';
export { normalizeIdentifier, parseIdentifier, toDigitalLink } from './identifiers/normalize.js';
export { toUrn } from './identifiers/to-urn.js';
export { parseTime } from './hash/values.js';
export { isXml, jsonOfXml, type JsonOfXml } from './xml/document-of-xml.js';
export { attributeName } from './master-data/attribute-name.js';
export {
  elementUri,
  masterDataOf,
  type MasterDataAttribute,
  type MasterDataElement,
} from './master-data/master-data.js';
export { readEpcis } from './xml/read-epcis.js';
export { errorLine, faultLine, hashLines, validationLines, type Lines } from './lines.js';
export { readProfile, type Profile, type ProfileResult } from './profile/profile.js';
export type { ProfileFault } from './profile/check-profile.js';
export { bizStepUri, type PartnerProfile } from './profile/partner-profiles.js';
export { validateDocument, type ValidateOptions } from './validate-document.js';
