import { hexToBytes, keccak256, type Hex } from 'viem';

const BLOOM_BYTES = 256;
const DIGITS = 2 * BLOOM_BYTES;

/** One bit of a bloom filter written as hexadecimal text: which digit, and which bit of it. */
type Bit = readonly [digit: number, mask: number];

/** An event of a contract, as a bloom filter knows it. */
export interface Signature {
  readonly address: Hex;
  readonly topic: Hex;
}

/** Tells from a header's logsBloom whether its block may hold logs of some events (Yellow Paper, 4.4.3). */
export class EventBloom {
  private readonly byAddress = new Map<Hex, { own: readonly Bit[]; topics: (readonly Bit[])[] }>();

  public constructor(signatures: readonly Signature[]) {
    for (const { address, topic } of signatures) {
      const known = this.byAddress.get(address) ?? { own: bitsOf(address), topics: [] };
      known.topics.push(bitsOf(topic));
      this.byAddress.set(address, known);
    }
  }

  /** False only when the block holds none of the events. */
  public mayHold(logsBloom: Hex): boolean {
    if (logsBloom.length !== DIGITS + 2) return true;
    for (const { own, topics } of this.byAddress.values())
      if (has(logsBloom, own) && topics.some((bits) => has(logsBloom, bits))) return true;
    return false;
  }
}

/** The filter that holds what any of the given ones holds. */
export function unionOfBlooms(blooms: readonly string[]): Hex {
  const union = new Uint8Array(BLOOM_BYTES);
  for (const bloom of blooms)
    for (const [index, byte] of hexToBytes(bloom as Hex).entries()) union[index] = (union[index] ?? 0) | byte;
  return `0x${Buffer.from(union).toString('hex')}`;
}

function has(bloom: Hex, bits: readonly Bit[]): boolean {
  return bits.every(([digit, mask]) => (Number.parseInt(bloom[digit] ?? '0', 16) & mask) !== 0);
}

function bitsOf(value: Hex): Bit[] {
  const hash = keccak256(value, 'bytes');
  return [0, 2, 4].map((at) => {
    const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2_047;
    return [2 + DIGITS - 1 - (bit >> 2), 1 << (bit & 3)];
  });
}
