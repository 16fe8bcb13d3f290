import { eventHashHex, resolveContext, type EpcisEvent, type JsonValue } from '@tallyhouse/epcis';
import { keyPrefixes, type Hex } from '@tallyhouse/proofs';
import { SCMS_CONTEXT } from '../scms/index.js';

/** Contexts that events may have come in before documents' own were kept. */
const FORMER_CONTEXTS: readonly JsonValue[] = [[], [...SCMS_CONTEXT]];

/**
 * Namespaces of the prefixes that an event uses, under which it has the hash it was captured with.
 *
 * @param kept - `@context` of the document that the event came in; null where it was not kept
 * @returns null when no known context gives the hash
 */
export function namespacesOf(
  event: EpcisEvent,
  eventHashId: Hex,
  kept: JsonValue | null,
): Record<string, string> | null {
  for (const declared of kept === null ? FORMER_CONTEXTS : [kept]) {
    const context = resolveContext(declared);
    if (eventHashHex(event, context) !== eventHashId) continue;
    const used = keyPrefixes(event);
    const text = JSON.stringify(event);
    const standard = resolveContext([]).prefixes;
    const own = [...context.prefixes].filter(
      ([prefix]) => !standard.has(prefix) && (used.has(prefix) || text.includes(`"${prefix}:`)),
    );
    return Object.fromEntries(own);
  }
  return null;
}
