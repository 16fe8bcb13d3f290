import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ProofInputError } from './proofs.errors.js';

/** Bytes written as lower-case hexadecimal digits after `0x`. */
export type Hex = `0x${string}`;

const HEX = /^0x(?:[0-9a-fA-F]{2})*$/;

/**
 * Writes bytes as `0x` and lower-case hexadecimal digits.
 *
 * @example toHex(new Uint8Array([1, 255])) // '0x01ff'
 */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/**
 * Reads `0x…` into bytes; with `length` (in bytes) any other size is refused.
 *
 * @throws ProofInputError `NOT_HEX` or `WRONG_LENGTH`
 * @example fromHex('0x01ff') // Uint8Array [1, 255]
 */
export function fromHex(hex: string, length?: number): Uint8Array {
  if (!HEX.test(hex))
    throw new ProofInputError(
      'NOT_HEX',
      `expected 0x and an even number of hex digits, found ${hex.slice(0, 80)}`,
    );
  const bytes = hexToBytes(hex.slice(2));
  if (length !== undefined && bytes.length !== length) {
    throw new ProofInputError('WRONG_LENGTH', `expected ${length} bytes, found ${bytes.length}`);
  }
  return bytes;
}

/**
 * Keccak-256 as Ethereum uses it (not SHA3-256).
 *
 * @example keccak256(new Uint8Array()) // '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'
 */
export function keccak256(bytes: Uint8Array): Hex {
  return toHex(keccak_256(bytes));
}

/**
 * SHA-256 (FIPS 180-4).
 *
 * @example sha256Hex(new Uint8Array()) // '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function sha256Hex(bytes: Uint8Array): Hex {
  return toHex(sha256(bytes));
}

/** Keccak of the keccak: a leaf of it can never be taken for an inner node, which hashes 64 bytes. */
export function doubleKeccak(...parts: readonly Uint8Array[]): Hex {
  return toHex(keccak_256(keccak_256(concatBytes(...parts))));
}
