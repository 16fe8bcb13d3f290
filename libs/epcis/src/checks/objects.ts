import type { EpcisEvent } from '../epcis.types.js';
import { normalizeIdentifier, parseIdentifier } from '../identifiers/normalize.js';
import { companyPrefixOf, isUnderPrefix } from '../identifiers/company-prefix.js';
import { EPC_LISTS, type EventFault } from './event-fault.js';

/** Objects that stand where they cannot: twice in a list, in themselves, made of themselves. */
export function objectFaults(event: EpcisEvent): EventFault[] {
  const faults: EventFault[] = [];
  for (const list of EPC_LISTS) {
    const uris = event[list];
    if (!uris || uris.length < 2) continue;
    const seen = new Map<string, string>();
    uris.forEach((uri, index) => {
      const normal = normalizeIdentifier(uri);
      const other = seen.get(normal);
      seen.set(normal, uri);
      if (other === undefined) return;
      const expected = `each object once; ${other} is the same`;
      faults.push({ pointer: `/${list}/${index}`, rule: 'object-twice', found: uri, expected });
    });
  }
  const parent = event.parentID === undefined ? undefined : normalizeIdentifier(event.parentID);
  event.childEPCs?.forEach((uri, index) => {
    if (parent === undefined || normalizeIdentifier(uri) !== parent) return;
    const expected = 'a child other than the parent';
    faults.push({ pointer: `/childEPCs/${index}`, rule: 'parent-in-itself', found: uri, expected });
  });
  return [...faults, ...transformedFaults(event)];
}

function transformedFaults(event: EpcisEvent): EventFault[] {
  if (!event.inputEPCList || !event.outputEPCList) return [];
  const inputs = new Set(event.inputEPCList.map(normalizeIdentifier));
  return event.outputEPCList.flatMap((uri, index) => {
    if (!inputs.has(normalizeIdentifier(uri))) return [];
    const expected = 'an output that is no input: a transformation uses its inputs up';
    return [{ pointer: `/outputEPCList/${index}`, rule: 'input-is-output', found: uri, expected }];
  });
}

/**
 * Identifiers that the sender creates (objects that begin to exist: action ADD of an ObjectEvent, outputs of a
 * transformation) under a company prefix that is not its own.
 */
export function prefixFaults(event: EpcisEvent, prefixes: readonly string[]): EventFault[] {
  const creates =
    event.type === 'TransformationEvent'
      ? (['outputEPCList', 'outputQuantityList'] as const)
      : event.type === 'ObjectEvent' && event.action === 'ADD'
        ? (['epcList', 'quantityList'] as const)
        : [];
  const uris = creates.flatMap((list): [string, string][] =>
    (event[list] ?? []).map((entry, index) =>
      typeof entry === 'string'
        ? [entry, `/${list}/${index}`]
        : [entry.epcClass, `/${list}/${index}/epcClass`],
    ),
  );
  return uris.flatMap(([uri, pointer]) => {
    const key = parseIdentifier(uri);
    if (!key || prefixes.some((prefix) => isUnderPrefix(key, prefix, companyPrefixOf(uri)))) return [];
    const expected = `an identifier under a company prefix of the sender: ${prefixes.join(', ')}`;
    return [{ pointer, rule: 'company-prefix', found: uri, expected }];
  });
}
