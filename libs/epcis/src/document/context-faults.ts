import type { JsonObject, JsonValue } from '../epcis.types.js';
import { isEpcisContext } from './context.js';
import { isObject, type JsonFault } from './read-json.js';

const HTTPS = /^https:\/\/([^/?#@]+)(?:[/?#]|$)/i;
const INSIDE = /^(?:localhost|.*\.(?:localhost|local|internal|lan|home|corp)|[^.]*|[\d.]+|\[.*\])(?::\d+)?$/i;

/**
 * What is wrong with an `@context`: too many entries, or an address that somebody must not be made to fetch. No address
 * is fetched here; but it is kept and given out again, so it may only be one of a public web site.
 *
 * @param pointer - of the object that has the context
 */
export function contextFault(
  holder: JsonObject,
  pointer: string,
  maxContexts: number,
): JsonFault | undefined {
  const context = holder['@context'];
  if (context === undefined) return undefined;
  if (!Array.isArray(context)) return entryFault(context, `${pointer}/@context`);
  if (context.length > maxContexts) {
    const found = `more than ${maxContexts}`;
    return {
      pointer: `${pointer}/@context`,
      rule: 'context-count',
      found,
      expected: `at most ${maxContexts} contexts`,
    };
  }
  for (const [index, entry] of context.entries()) {
    const fault = entryFault(entry, `${pointer}/@context/${index}`);
    if (fault) return fault;
  }
  return undefined;
}

function entryFault(entry: JsonValue | undefined, pointer: string): JsonFault | undefined {
  if (typeof entry === 'string') return addressFault(entry, pointer);
  const imported = isObject(entry) ? entry['@import'] : undefined;
  return typeof imported === 'string' ? addressFault(imported, `${pointer}/@import`) : undefined;
}

function addressFault(address: string, pointer: string): JsonFault | undefined {
  const host = HTTPS.exec(address)?.[1];
  if (isEpcisContext(address) || (host !== undefined && !INSIDE.test(host))) return undefined;
  const expected =
    'the EPCIS context, prefixes written out, or the https address of a public site (never fetched)';
  return { pointer, rule: 'context-address', found: address.slice(0, 200), expected };
}
