import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytes32Word, uintWord } from './abi.js';
import { keccak256, type Hex } from './hex.js';

/**
 * Id of a model family on chain: keccak256 of the UTF-8 name (ModelRegistry.sol).
 *
 * @example familyId('demand') // '0x' and 64 digits, equal to keccak256(bytes("demand"))
 */
export function familyId(name: string): Hex {
  return keccak256(utf8ToBytes(name));
}

/**
 * Id of a model version on chain: keccak256(abi.encode(family, artifactSha256)) (ModelRegistry.sol).
 *
 * @throws ProofInputError if either is not 32 bytes
 * @example versionId(familyId('demand'), sha256Hex(artifact))
 */
export function versionId(family: Hex, artifactSha256: Hex): Hex {
  return keccak256(concatBytes(bytes32Word(family), bytes32Word(artifactSha256)));
}

/** What one anchored batch adds to a partner's chain of batches. */
export type AnchorLink = {
  prevHead: Hex;
  root: Hex;
  /** Number of leaves under `root`, uint32. */
  count: number;
  schemaId: Hex;
  /** Position in the partner's chain, uint64, from 1. */
  seq: bigint;
};

/**
 * Head of a partner's chain after a batch: keccak256(abi.encode(prevHead, root, count, schemaId, seq))
 * (TraceAnchor.sol). A missing or reordered batch gives another head.
 *
 * @throws ProofInputError if a word has the wrong size or a number does not fit
 * @example anchorHead({ prevHead, root, count: 256, schemaId, seq: 1n })
 */
export function anchorHead(link: AnchorLink): Hex {
  return keccak256(
    concatBytes(
      bytes32Word(link.prevHead),
      bytes32Word(link.root),
      uintWord(BigInt(link.count), 32),
      bytes32Word(link.schemaId),
      uintWord(link.seq, 64),
    ),
  );
}
