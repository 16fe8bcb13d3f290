import { createHash } from 'node:crypto';
import { eventHashHex, jcsSha256, type EpcisEvent, type JsonLdContext } from '@tallyhouse/epcis';
import { disclosureRoot, type Hex, type JsonObject } from '@tallyhouse/proofs';
import { itemsOf, type ItemMention } from './mentions.js';

/** One event as it is stored: identity, hashes, the columns that are searched, and the event as received. */
export interface EventRecord {
  readonly id: string;
  readonly eventTime: string;
  readonly timeZoneOffset: string;
  readonly partner: string;
  readonly eventHash: Hex;
  readonly jcsSha256: Hex;
  readonly disclosureRoot: Hex;
  readonly disclosureSecret: Uint8Array;
  readonly event: EpcisEvent;
  readonly items: readonly ItemMention[];
}

/**
 * Makes the record of a valid event.
 *
 * @param partner address of the partner who sent it, lower case
 * @param secret 32 random bytes of this event alone; salts of its disclosure tree derive from it
 */
export function eventRecord(
  event: EpcisEvent,
  context: JsonLdContext,
  partner: string,
  secret: Uint8Array,
): EventRecord {
  const eventHash = eventHashHex(event, context);
  const jcs = jcsSha256(event);
  return {
    id: eventId(partner, eventHash, jcs),
    eventTime: event.eventTime,
    timeZoneOffset: event.eventTimeZoneOffset,
    partner,
    eventHash,
    jcsSha256: jcs,
    disclosureRoot: disclosureRoot(event as JsonObject, secret),
    disclosureSecret: secret,
    event,
    items: itemsOf(event),
  };
}

/**
 * Id of a stored event: the first 128 bits of SHA-256 over partner, event hash and content hash, written as a UUID of
 * version 8 (RFC 9562 §5.8). The same event from the same partner has the same id, so sending it twice stores it once.
 */
export function eventId(partner: string, eventHash: Hex, jcs: Hex): string {
  const bytes = createHash('sha256').update(`${partner}|${eventHash}|${jcs}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
