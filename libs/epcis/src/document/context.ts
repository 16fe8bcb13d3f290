import type { JsonObject, JsonValue } from '../epcis.types.js';

/** What the JSON-LD contexts of a document say, as far as it can be known without fetching anything. */
export type JsonLdContext = {
  /** Namespace of each prefix. */
  prefixes: ReadonlyMap<string, string>;
  /** Contexts named by address that are not the EPCIS context; their terms are unknown here. */
  unresolved: readonly string[];
};

/**
 * Prefixes of the EPCIS 2.0 context, which protects them: a document cannot give them another meaning. `cbvmda`
 * stands without its last colon, as the XML namespace does, so that both bindings hash alike.
 */
const STANDARD_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
]);
const EPCIS_CONTEXT =
  /^https?:\/\/ref\.gs1\.org\/standards\/epcis\/(?:\d+\.\d+\.\d+\/)?epcis-context\.jsonld$/;
const GS1_NAMESPACE = /^https:\/\/(?:ref\.gs1\.org|gs1\.org|www\.gs1\.org)\//;

/** Whether an address is that of the EPCIS context, in any version. */
export function isEpcisContext(address: string): boolean {
  return EPCIS_CONTEXT.test(address);
}

/** The context of a document that names only the EPCIS context. */
export const standardContext: JsonLdContext = { prefixes: STANDARD_PREFIXES, unresolved: [] };

/**
 * Adds the prefixes of an `@context` to those known; addresses are never fetched.
 *
 * @example resolveContext([{ example: 'https://ns.example.com/epcis/' }]).prefixes.get('example') // 'https://ns.example.com/epcis/'
 */
export function resolveContext(declared: JsonValue | undefined, outer = standardContext): JsonLdContext {
  if (declared === undefined) return outer;
  const prefixes = new Map(outer.prefixes);
  const unresolved = new Set(outer.unresolved);
  for (const part of Array.isArray(declared) ? declared : [declared]) {
    if (typeof part === 'string') {
      if (!isEpcisContext(part)) unresolved.add(part);
    } else if (isObject(part)) {
      addPrefixes(part, prefixes);
    }
  }
  return { prefixes, unresolved: [...unresolved] };
}

/** `{namespace}local` for a key with a known prefix, else the key itself. */
export function expandKey(key: string, context: JsonLdContext): string {
  const colon = key.indexOf(':');
  if (colon < 0) return key;
  const namespace = context.prefixes.get(key.slice(0, colon));
  return namespace === undefined ? key : `{${namespace}}${key.slice(colon + 1)}`;
}

/** The full URI of a CURIE of a GS1 vocabulary; CURIEs of other vocabularies are text as they are. */
export function expandGs1Curie(text: string, context: JsonLdContext): string {
  const colon = text.indexOf(':');
  // What has two slashes behind the colon is an address and no CURIE (JSON-LD 1.1, section 5.2.2).
  if (colon < 0 || text.startsWith('//', colon + 1)) return text;
  const namespace = context.prefixes.get(text.slice(0, colon));
  return namespace !== undefined && GS1_NAMESPACE.test(namespace) ? namespace + text.slice(colon + 1) : text;
}

function addPrefixes(declared: JsonObject, prefixes: Map<string, string>): void {
  for (const [prefix, definition] of Object.entries(declared)) {
    if (prefix.startsWith('@') || STANDARD_PREFIXES.has(prefix)) continue;
    const namespace = isObject(definition) ? definition['@id'] : definition;
    if (typeof namespace === 'string') prefixes.set(prefix, namespace);
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
