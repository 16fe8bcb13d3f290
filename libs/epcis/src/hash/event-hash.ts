import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { standardContext } from '../document/context.js';
import type { EpcisEvent } from '../epcis.types.js';
import { eventPreHash, type HashOptions } from './pre-hash.js';

/**
 * CBV 2.0 Event Hash ID as 32 bytes after `0x`. An identifier, not a commitment: different events can share it, so
 * anchor it only together with {@link jcsSha256}.
 *
 * @param context - of the document around the event, from `readDocument`
 * @example eventHashHex(event, context) // '0x6ae9…39d7'
 */
export function eventHashHex(
  event: EpcisEvent,
  context = standardContext,
  options: HashOptions = {},
): `0x${string}` {
  return `0x${bytesToHex(sha256(utf8ToBytes(eventPreHash(event, context, options))))}`;
}

/**
 * CBV 2.0 Event Hash ID as an eventID.
 *
 * @param context - of the document around the event, from `readDocument`
 * @example eventHashId(event, context) // 'ni:///sha-256;6ae9…39d7?ver=CBV2.0'
 */
export function eventHashId(event: EpcisEvent, context = standardContext, options: HashOptions = {}): string {
  return hashIdFromHex(eventHashHex(event, context, options));
}

/**
 * The eventID of a hash.
 *
 * @example hashIdFromHex('0x6ae9…39d7') // 'ni:///sha-256;6ae9…39d7?ver=CBV2.0'
 */
export function hashIdFromHex(hex: `0x${string}`): string {
  return `ni:///sha-256;${hex.slice(2)}?ver=CBV2.0`;
}
