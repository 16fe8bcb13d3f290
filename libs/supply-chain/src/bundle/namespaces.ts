import { eventHashHex, resolveContext, type EpcisEvent, type JsonValue } from '@tallyhouse/epcis';
import { keyPrefixes, type Hex } from '@tallyhouse/proofs';
import { SCMS_CONTEXT } from '../scms/index.js';

/** Contexts of documents that we make ourselves; a partner's own context is not stored with the events. */
const KNOWN_CONTEXTS: readonly (readonly JsonValue[])[] = [[], SCMS_CONTEXT];

/**
 * Namespaces of the prefixes in an event's keys, under which it has the hash it was captured with.
 *
 * @returns null when none of the known contexts gives the hash
 */
export function namespacesOf(event: EpcisEvent, eventHashId: Hex): Record<string, string> | null {
  for (const declared of KNOWN_CONTEXTS) {
    const context = resolveContext([...declared]);
    if (eventHashHex(event, context) !== eventHashId) continue;
    const used = keyPrefixes(event);
    const standard = resolveContext([]).prefixes;
    const own = [...context.prefixes].filter(([prefix]) => used.has(prefix) && !standard.has(prefix));
    return Object.fromEntries(own);
  }
  return null;
}
