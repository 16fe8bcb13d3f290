export { toHex, fromHex, keccak256, sha256Hex, type Hex } from './hex.js';
export { ProofInputError, type ProofInputCode } from './proofs.errors.js';
export { familyId, versionId, anchorHead, type AnchorLink } from './identity.js';
export { eventLeaf, forecastLeaf, toMicros, type EventLeafInput, type ForecastLeafInput } from './leaves.js';
export {
  blindedLeaf,
  contentCommitment,
  EVENT_LEAF_SCHEMAS,
  leafOfSchema,
  type AnchoredEvent,
} from './blinded-leaf.js';
export {
  recordSha256,
  TEXT_LEAF_SCHEMA_ID,
  textLeaf,
  textSha256,
  textWords,
  type TextLeafInput,
  type TextRecordFields,
  type TextRecordHashed,
} from './text-leaf.js';
export { merkleRoot, merkleTree, verifyMerkleProof, WORD as WORD_BYTES, type MerkleTree } from './merkle.js';
export {
  disclosure,
  disclosureLeaf,
  disclosureSecret,
  verifyDisclosed,
  type Disclosure,
  type DisclosureEntry,
} from './disclosure.js';
export { disclosureRoot } from './disclosure-root.js';
export { keyPrefixes } from './json.js';
export type { JsonField, JsonLeafValue, JsonObject, JsonValue } from './json.js';
export { canonicalJson } from './canonical-json.js';
export { decodeRlp, encodeRlp, type RlpItem } from './rlp/rlp.js';
export { buildTrie, indexKey, indexTrie, type Trie } from './trie/build-trie.js';
export { provenValue } from './trie/verify-trie.js';
export { headerFields, readHeader, type BlockHeader } from './block/header.js';
export { decodeReceipt, encodeReceipt, type Receipt, type ReceiptLog } from './block/receipt.js';
export { encodeTransaction, transactionChainId } from './block/transaction.js';
export { ANCHORED_TOPIC, decodeAnchored, type AnchoredLog } from './block/anchored-log.js';
export { keySlot, partnerSlots, readPartnerRecord } from './block/registry-slots.js';
export { proveLog, type BlockAnswers, type LogProof } from './block/prove-log.js';
export {
  BUNDLE_FORMATS,
  type Predecessors,
  type ProofBundle,
  type RedactedEvent,
  TEXT_BUNDLE_FORMAT,
  type AnchorProof,
  type StatedCorrection,
  type StatedDeclaration,
  type SubmitterRights,
  type TextBundle,
  type WholeEvent,
} from './bundle/bundle.js';
export { readBundle } from './bundle/read-bundle.js';
export { readTextBundle } from './bundle/read-text-bundle.js';
export { redactBundle } from './bundle/redact-bundle.js';
export { verifyBundle } from './bundle/verify-bundle.js';
export {
  STEP_NAMES,
  TEXT_STEP_NAMES,
  type EventHashStrategy,
  type StepName,
  type VerificationResult,
  type VerificationStep,
  type VerifiedFacts,
  type VerifyOptions,
} from './bundle/verification.js';
