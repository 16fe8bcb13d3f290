import { fromHex } from './hex.js';
import { ProofInputError } from './proofs.errors.js';

const WORD = 32;

/** One 32-byte big-endian ABI word for an unsigned integer of `bits` bits. */
export function uintWord(value: bigint, bits: number): Uint8Array {
  if (value < 0n || value >= 1n << BigInt(bits)) {
    throw new ProofInputError('OUT_OF_RANGE', `${value} does not fit uint${bits}`);
  }
  return word(value);
}

/** One ABI word for an int256, two's complement. */
export function intWord(value: bigint): Uint8Array {
  const limit = 1n << 255n;
  if (value < -limit || value >= limit)
    throw new ProofInputError('OUT_OF_RANGE', `${value} does not fit int256`);
  return word(BigInt.asUintN(256, value));
}

/** One ABI word for a bytes32 given as `0x` and 64 digits. */
export function bytes32Word(hex: string): Uint8Array {
  return fromHex(hex, WORD);
}

/** One ABI word for an address given as `0x` and 40 digits. */
export function addressWord(hex: string): Uint8Array {
  const padded = new Uint8Array(WORD);
  padded.set(fromHex(hex, 20), 12);
  return padded;
}

function word(value: bigint): Uint8Array {
  const bytes = new Uint8Array(WORD);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < 4; i++) view.setBigUint64(24 - 8 * i, (value >> BigInt(64 * i)) & 0xffffffffffffffffn);
  return bytes;
}
