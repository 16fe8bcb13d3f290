import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes as `0x` and hexadecimal digits. */
export type Hex = `0x${string}`;

/** Keccak-256 of bytes. */
export function keccak(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(keccak_256(bytes))}`;
}

/** Keccak-256 of a text's UTF-8 bytes. */
export function keccakText(text: string): Hex {
  return keccak(utf8ToBytes(text));
}

/** The bytes that a hex text stands for. */
export function bytesOf(hex: Hex): Uint8Array {
  return hexToBytes(hex.slice(2));
}
