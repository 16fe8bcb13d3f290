import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { JsonObject } from '../epcis.types.js';

/**
 * JSON with one spelling: keys sorted, no space, shortest numbers (RFC 8785).
 *
 * @throws Error for half a surrogate pair, NaN and infinities, which have no canonical form
 * @example canonicalJson({ b: 1.0, a: 'x' }) // '{"a":"x","b":1}'
 */
export function canonicalJson(value: JsonObject): string {
  return canonicalize(value) ?? '{}';
}

/**
 * SHA-256 of the RFC 8785 JSON, the part of a leaf that commits to every byte of meaning in an event.
 *
 * @throws Error as {@link canonicalJson}
 * @example jcsSha256({ b: 1.0, a: 'x' }) // '0x' and 64 digits
 */
export function jcsSha256(value: JsonObject): `0x${string}` {
  return `0x${bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))}`;
}
