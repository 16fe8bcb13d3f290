import type { SpanContext } from '@opentelemetry/api';

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const MAX_LENGTH = 256;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const SAMPLED = 1;

/**
 * Reads a `traceparent` (W3C Trace Context, level 1). Whoever sent it may be anybody: what is malformed is as if it had
 * not been sent. Later versions are read by what they share with version 00, as the standard wants it.
 *
 * @example parseTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')?.traceId // '0af7…319c'
 */
export function parseTraceparent(text: string | null | undefined): SpanContext | undefined {
  if (!text || text.length > MAX_LENGTH) return undefined;
  const [, version, traceId, spanId, flags, more] = FORM.exec(text) ?? [];
  if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined)
    return undefined;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED, isRemote: true };
}

/** The place of a span as version 00 of `traceparent` says it: 55 characters. */
export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags & SAMPLED ? '01' : '00'}`;
}
