import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { PayloadError } from './payload.errors.js';

/** Names the form of a payload; docs/verification.md describes it. */
export const PAYLOAD_FORMAT = 'tallyhouse-payload/1';
/** Nodes take transactions of up to 128 KiB; the rest is for the call around the payload. */
export const MAX_PAYLOAD_BYTES = 120_000;
/** A payload that unfolds to more is not read: anybody who speaks for a partner may write anything on chain. */
export const MAX_UNFOLDED_BYTES = 16 * 1024 * 1024;
const MAX_EVENTS = 65_536;

/** An event as a payload carries it, in the order of the batch's leaves. */
export interface CarriedEvent {
  /** ISO 8601. */
  readonly recordTime: string;
  /** The event's own secret, 32 bytes in base64: with the event public, it hides nothing more. */
  readonly secret: string;
  readonly captureJob: string;
  /** Namespaces of prefixes that the document declared; null with `eventHashId` where they are not known. */
  readonly namespaces: Record<string, string> | null;
  readonly eventHashId?: string;
  readonly body: EpcisEvent;
}

/**
 * Events as they ride on chain: raw DEFLATE (RFC 1951) of JSON.
 *
 * @example encodePayload(events).length // bytes of calldata
 */
export function encodePayload(events: readonly CarriedEvent[]): Buffer {
  const rows = events.map(({ recordTime, secret, captureJob, namespaces, eventHashId, body }) => [
    ...[recordTime, secret, captureJob, eventHashId ?? namespaces, body],
  ]);
  return deflateRawSync(JSON.stringify([PAYLOAD_FORMAT, ...rows]), { level: 9 });
}

/**
 * Reads a payload of the chain, within bounds.
 *
 * @throws PayloadError `PAYLOAD_TOO_LARGE` beyond {@link MAX_UNFOLDED_BYTES}, `PAYLOAD_UNREADABLE` for anything else
 */
export function decodePayload(payload: Uint8Array): CarriedEvent[] {
  const parsed = parse(unfold(payload));
  if (!Array.isArray(parsed) || parsed[0] !== PAYLOAD_FORMAT || parsed.length > MAX_EVENTS + 1)
    throw new PayloadError('PAYLOAD_UNREADABLE', `it is no ${PAYLOAD_FORMAT}`);
  return parsed.slice(1).map(readEvent);
}

function unfold(payload: Uint8Array): string {
  try {
    const bytes = inflateRawSync(payload, { maxOutputLength: MAX_UNFOLDED_BYTES });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const isLarge = isObject(cause) && cause['code'] === 'ERR_BUFFER_TOO_LARGE';
    throw isLarge
      ? new PayloadError('PAYLOAD_TOO_LARGE', `it unfolds to more than ${MAX_UNFOLDED_BYTES} bytes`, {
          cause,
        })
      : new PayloadError('PAYLOAD_UNREADABLE', 'it is not compressed as it should be', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PayloadError('PAYLOAD_UNREADABLE', 'it unfolds to no JSON', { cause });
  }
}

function readEvent(row: unknown, index: number): CarriedEvent {
  const [recordTime, secret, captureJob, name, body] = Array.isArray(row) ? (row as unknown[]) : [];
  const isWhole =
    isTime(recordTime) &&
    typeof secret === 'string' &&
    Buffer.from(secret, 'base64').length === 32 &&
    typeof captureJob === 'string' &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(captureJob) &&
    (isHash(name) || isNamespaces(name)) &&
    isObject(body) &&
    isTime(body['eventTime']);
  if (!isWhole) throw new PayloadError('PAYLOAD_UNREADABLE', `event ${index} is not as it should be`);
  const said = { recordTime, secret, captureJob, body: body as unknown as EpcisEvent };
  return isHash(name) ? { ...said, namespaces: null, eventHashId: name } : { ...said, namespaces: name };
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value));
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
}

function isNamespaces(value: unknown): value is Record<string, string> {
  return (
    isObject(value) && Object.values(value).every((uri) => typeof uri === 'string' && uri.length <= 2_000)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
