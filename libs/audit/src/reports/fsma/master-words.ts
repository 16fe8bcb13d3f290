import type { JsonValue } from '@tallyhouse/epcis';

const MAX_DEPTH = 6;

/**
 * Texts under the given names in the master data of an event, at any depth and with any prefix: `harvestStartDate` is
 * found in `cbvmda:harvestStartDate` and in `urn:epcglobal:cbv:mda#harvestStartDate`. Each once, in order.
 *
 * @example masterWords({ 'gs1:catchZone': ['21.4R'] }, ['catchZone']) // ['21.4R']
 */
export function masterWords(value: JsonValue | undefined, names: readonly string[]): string[] {
  return [...new Set(found(value, names, MAX_DEPTH))];
}

function found(value: JsonValue | undefined, names: readonly string[], depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => found(entry, names, depth - 1));
  return Object.entries(value).flatMap(([key, entry]) =>
    names.includes(localName(key)) ? texts(entry) : found(entry, names, depth - 1),
  );
}

function texts(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  // A text with its language (JSON-LD 1.1 §4.2.4).
  return typeof value === 'object' && value !== null && '@value' in value ? texts(value['@value']) : [];
}

function localName(key: string): string {
  return key.slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('/'), key.lastIndexOf('#')) + 1);
}
