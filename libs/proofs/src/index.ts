export { toHex, fromHex, keccak256, sha256Hex, type Hex } from './hex.js';
export { ProofInputError, type ProofInputCode } from './proofs.errors.js';
export { familyId, versionId, anchorHead, type AnchorLink } from './identity.js';
export { eventLeaf, forecastLeaf, toMicros, type EventLeafInput, type ForecastLeafInput } from './leaves.js';
export { merkleTree, verifyMerkleProof, type MerkleTree } from './merkle.js';
export {
  disclosure,
  disclosureLeaf,
  disclosureSecret,
  verifyDisclosed,
  type Disclosure,
  type DisclosureEntry,
} from './disclosure.js';
export type { JsonField, JsonLeafValue, JsonObject, JsonValue } from './json.js';
