import { inSpan, isTracing, openSpan, type OpenSpan, type SpanAttributes } from './spans.js';
import { parseTraceparent } from './traceparent.js';

/** More traces than so many are not followed: a batch may come of thousands of captures. */
export const MAX_ORIGINS = 32;

/**
 * Works within one span that comes of many. It belongs to the trace of the first; each of the others is linked from it,
 * and has a span of its own without length that links to it, so that a trace can be followed from either side.
 *
 * @param origins `traceparent`s, oldest first; of several in one trace the first counts, and without any there is no span
 * @example await inJoinedSpan('audit events', await origins.ofAudit(), {}, () => audits.run())
 */
export async function inJoinedSpan<Result>(
  name: string,
  origins: readonly string[],
  attributes: SpanAttributes,
  work: (span: OpenSpan | undefined) => Promise<Result>,
): Promise<Result> {
  const [parent, ...others] = onePerTrace(origins).slice(0, MAX_ORIGINS);
  if (!isTracing() || parent === undefined) return work(undefined);
  return inSpan(name, { parent, links: others, attributes, kind: 'consumer' }, async (span) => {
    if (span.traceparent !== null)
      for (const other of others)
        openSpan(`${name} (joined)`, { parent: other, links: [span.traceparent] }).end();
    return work(span);
  });
}

function onePerTrace(origins: readonly string[]): string[] {
  const byTrace = new Map<string, string>();
  for (const origin of origins) {
    const trace = parseTraceparent(origin)?.traceId;
    if (trace !== undefined && !byTrace.has(trace)) byTrace.set(trace, origin);
  }
  return [...byTrace.values()];
}
