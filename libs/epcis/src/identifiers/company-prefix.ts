import type { Gs1Key, KeyAi } from './gs1-key.js';

/** Where in the value of a key its company prefix begins, if not at its start. */
const PREFIX_AT: Partial<Record<KeyAi, number>> = { '00': 1, '01': 1, '8003': 1, '8006': 1 };
const EPC_URN = /^urn:epc:(?:id|class|idpat):[a-z]+:(\d{6,12})\./;

/**
 * The company prefix that an EPC URN spells out; a Digital Link does not say where its own ends.
 *
 * @example companyPrefixOf('urn:epc:id:sgtin:4012345.011111.9876') // '4012345'
 */
export function companyPrefixOf(uri: string): string | undefined {
  return EPC_URN.exec(uri)?.[1];
}

/**
 * Whether a key was made under a company prefix.
 *
 * @param spelled - the prefix that the URN of the key spells out, where there is one: it must be that very prefix
 * @example isUnderPrefix({ ai: '01', value: '04012345111118' }, '4012345') // true
 */
export function isUnderPrefix(key: Gs1Key, prefix: string, spelled?: string): boolean {
  if (spelled !== undefined) return spelled === prefix;
  return key.value.startsWith(prefix, PREFIX_AT[key.ai] ?? 0);
}
