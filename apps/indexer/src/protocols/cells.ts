import { hexToBytes, type Hex } from 'viem';

/** Longest text kept of one field, in bytes of UTF-8; what is longer ends in a mark that says how long it was. */
export const MAX_TEXT_BYTES = 65_536;

/** 9999-12-31T23:59:59Z, the last second that every part of the system can print. */
const LAST_SECOND = 253_402_300_799n;

/**
 * A time of the chain in unix seconds, for a `timestamptz`; beyond the year 9999 it is `infinity`. Written as Postgres
 * writes it, so that a row's hash can be made before and after it is stored.
 */
export function time(seconds: bigint | number): string {
  if (seconds > LAST_SECOND) return 'infinity';
  const iso = new Date(Number(seconds) * 1_000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}+00`;
}

/** An address as the database keeps it. */
export function address(checksummed: string): string {
  return checksummed.toLowerCase();
}

/**
 * Text that a stranger put on the chain, made fit for Postgres without ever failing: bytes that are no UTF-8 and the
 * character NUL become U+FFFD, and what exceeds {@link MAX_TEXT_BYTES} is cut at a character and marked.
 */
export function text(hex: Hex): string {
  const bytes = hexToBytes(hex);
  if (bytes.length <= MAX_TEXT_BYTES) return decode(bytes);
  let end = MAX_TEXT_BYTES;
  while (end > MAX_TEXT_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return `${decode(bytes.subarray(0, end))}… [cut: ${bytes.length} bytes on the chain]`;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes).replaceAll('\0', '\uFFFD');
}
