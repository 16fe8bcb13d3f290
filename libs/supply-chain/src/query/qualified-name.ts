import { resolveContext, standardContext, type JsonValue } from '@tallyhouse/epcis';

/** Namespaces by prefix, as a query's own `@context` declares them. */
export type QueryPrefixes = ReadonlyMap<string, string>;

/** A field that is told by its namespace and not by the prefix that a document happens to give it. */
export interface QualifiedName {
  /** Spellings of the namespace, any of which a prefix may stand for. */
  readonly namespaces: readonly string[];
  readonly local: string;
  /** The name as it was asked for and written out, which are keys as well. */
  readonly keys: readonly string[];
}

const WRITTEN_OUT = /^((?:https?:\/\/|urn:)[^#]*)#([^#]+)$/;

/** Prefixes that the `@context` of a query declares; those of the standard are no extensions. */
export function queryPrefixes(context: unknown): QueryPrefixes {
  const { prefixes } = resolveContext(context as JsonValue | undefined);
  return new Map([...prefixes].filter(([prefix]) => !standardContext.prefixes.has(prefix)));
}

/**
 * The field that a name stands for: `prefix:field` with a prefix that the query declares, or the standard's fully
 * qualified form, the namespace, `#` and the field. Undefined for a name that is only a key.
 */
export function qualifiedName(name: string, prefixes: QueryPrefixes): QualifiedName | undefined {
  const [, base, field] = WRITTEN_OUT.exec(name) ?? [];
  if (base !== undefined && field !== undefined) {
    return { namespaces: [base, `${base}#`], local: field, keys: [name, `${base}${field}`] };
  }
  const colon = name.indexOf(':');
  const namespace = prefixes.get(name.slice(0, Math.max(colon, 0)));
  if (namespace === undefined) return undefined;
  const local = name.slice(colon + 1);
  return { namespaces: [namespace], local, keys: [`${namespace}${local}`] };
}
