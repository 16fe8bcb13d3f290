import { standardContext, type JsonLdContext } from '../document/context.js';

const CBV_ATTRIBUTE = /^urn:epcglobal:cbv:mda[:#]/;
const CBV_NAMESPACE = 'urn:epcglobal:cbv:mda:';

/**
 * The one spelling of the name of a master data attribute: a CURIE with a known prefix becomes the URI that it is short
 * for, and attributes of CBV have a colon before their name, as JSON has it, where XML has `#`.
 *
 * @example attributeName('cbvmda:city') // 'urn:epcglobal:cbv:mda:city'
 * @example attributeName('urn:epcglobal:cbv:mda#city') // 'urn:epcglobal:cbv:mda:city'
 */
export function attributeName(text: string, context: JsonLdContext = standardContext): string {
  const name = text.trim();
  const colon = name.indexOf(':');
  const prefix = name.slice(0, Math.max(colon, 0));
  if (prefix === 'cbvmda') return CBV_NAMESPACE + name.slice(colon + 1);
  const namespace = name.startsWith('//', colon + 1) ? undefined : context.prefixes.get(prefix);
  return (namespace === undefined ? name : namespace + name.slice(colon + 1)).replace(
    CBV_ATTRIBUTE,
    CBV_NAMESPACE,
  );
}
