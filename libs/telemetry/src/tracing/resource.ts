import type { NodeTracerConfig } from '@opentelemetry/sdk-trace-node';

type Resource = NonNullable<NodeTracerConfig['resource']>;

/**
 * What every span of this process says of the process. Made here, because the SDK's own maker of resources lies in a
 * package that we do not depend on; nothing in it is found out later, so nothing has to be waited for.
 */
export function resourceOf(attributes: Readonly<Record<string, string | number>>): Resource {
  return {
    attributes,
    asyncAttributesPending: false,
    merge: (other) =>
      other ? resourceOf({ ...attributes, ...plain(other.attributes) }) : resourceOf(attributes),
    getRawAttributes: () => Object.entries(attributes),
  };
}

/**
 * Reads OTEL_RESOURCE_ATTRIBUTES: `key=value` with commas between, values percent-encoded. One that is malformed is left
 * out.
 *
 * @example resourceAttributes('service.namespace=tally,host.name=a%20b') // { 'service.namespace': 'tally', 'host.name': 'a b' }
 */
export function resourceAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [, key, value] = /^\s*([^=\s]{1,255})\s*=\s*(\S.{0,254}?)\s*$/.exec(pair) ?? [];
    if (key === undefined || value === undefined) continue;
    try {
      attributes[key] = decodeURIComponent(value);
    } catch {
      continue;
    }
  }
  return attributes;
}

function plain(attributes: Resource['attributes']): Record<string, string | number> {
  const kept = Object.entries(attributes).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(kept);
}
