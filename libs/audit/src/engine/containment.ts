import type { Fact } from './fact.js';
import type { Mention } from './rule.js';
import { DAY_MS } from './words.js';

/** Where the contents of units, as events tell them, contradict each other. */
export interface Breach {
  readonly kind: 'in two units' | 'not in it' | 'apart';
  readonly fact: Fact;
  /** The packing that still holds, and its unit. */
  readonly since: Fact | undefined;
  readonly parent: string | undefined;
}

/** An unpacking dated up to this long before its packing is a matter of time (R9), not of contents. */
const INVERSION_MS = 3 * DAY_MS;

/**
 * Follows an item in and out of units and gives the breaches. An unpacking that names no children empties the unit
 * (EPCIS 2.0, section 7.4.3), so the history of the unit counts as well.
 */
export function containmentOf(
  mentions: readonly Mention[],
  mentionsOf: (uri: string) => readonly Mention[],
): Breach[] {
  const breaches: Breach[] = [];
  let packed: Fact | undefined;
  for (const { fact, role } of mentions) {
    if (packed && emptied(packed, fact.time, mentionsOf)) packed = undefined;
    const breach = breachOf(fact, role, packed, mentions);
    if (breach) breaches.push({ kind: breach, fact, since: packed, parent: packed?.parent });
    if (role === 'CHILD' && fact.type === 'AggregationEvent')
      packed = fact.action === 'DELETE' ? undefined : fact;
    else if (breach === 'apart' || role === 'INPUT') packed = undefined;
  }
  return breaches;
}

function breachOf(
  fact: Fact,
  role: Mention['role'],
  packed: Fact | undefined,
  mentions: readonly Mention[],
): Breach['kind'] | undefined {
  if (role === 'CHILD' && fact.type === 'AggregationEvent') {
    if (fact.action === 'ADD') return packed && packed.parent !== fact.parent ? 'in two units' : undefined;
    if (fact.action !== 'DELETE' || packed?.parent === fact.parent) return undefined;
    return packedLater(fact, mentions) ? undefined : 'not in it';
  }
  const handled = role === 'EPC' || role === 'INPUT';
  const away = fact.site !== undefined && packed?.site !== undefined && fact.site !== packed.site;
  return packed && handled && away ? 'apart' : undefined;
}

function packedLater(unpacking: Fact, mentions: readonly Mention[]): boolean {
  return mentions.some(
    ({ fact, role }) =>
      role === 'CHILD' &&
      fact.action === 'ADD' &&
      fact.parent === unpacking.parent &&
      fact.time >= unpacking.time &&
      fact.time - unpacking.time <= INVERSION_MS,
  );
}

function emptied(packed: Fact, time: number, mentionsOf: (uri: string) => readonly Mention[]): boolean {
  if (packed.parent === undefined) return false;
  return mentionsOf(packed.parent).some(
    ({ fact, role }) =>
      role === 'PARENT' && emptiesUnit(fact) && fact.time > packed.time && fact.time <= time,
  );
}

/** An unpacking of everything that is in the unit. */
export function emptiesUnit(fact: Fact): boolean {
  return (
    fact.type === 'AggregationEvent' &&
    fact.action === 'DELETE' &&
    fact.children.length === 0 &&
    fact.amounts.CHILD.length === 0
  );
}
