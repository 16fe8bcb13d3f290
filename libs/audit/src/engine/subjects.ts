import type { Amount, Fact, Role } from './fact.js';
import type { Mention } from './rule.js';

/** An item or lot that an event names, with the part it plays. */
export interface Named {
  readonly uri: string;
  readonly mention: Mention;
}

/** A lot: a class of trade items with a batch number. */
const LOT = /\/10\/[^/]+$/;
/** A class without lot or serial: too wide to have a history. */
const CLASS_ONLY = /^https:\/\/id\.gs1\.org\/01\/\d{14}$/;

export function isLot(uri: string): boolean {
  return LOT.test(uri);
}

/** Every item and lot that an event names, each once for each part it plays. */
export function namedIn(fact: Fact): Named[] {
  const named: Named[] = [];
  const items = (role: Role, uris: readonly string[]): void => {
    for (const uri of uris) named.push({ uri, mention: { fact, role, quantity: undefined, uom: undefined } });
  };
  const lots = (role: Role, amounts: readonly Amount[]): void => {
    for (const { uri, quantity, uom } of amounts)
      if (!CLASS_ONLY.test(uri)) named.push({ uri, mention: { fact, role, quantity, uom } });
  };
  items('EPC', fact.epcs);
  lots('EPC', fact.amounts.EPC);
  if (fact.parent !== undefined) items('PARENT', [fact.parent]);
  items('CHILD', fact.children);
  lots('CHILD', fact.amounts.CHILD);
  items('INPUT', fact.inputs);
  lots('INPUT', fact.amounts.INPUT);
  items('OUTPUT', fact.outputs);
  lots('OUTPUT', fact.amounts.OUTPUT);
  return named;
}

/** Order of a history: by time, then by arrival. */
export function before(a: Fact, b: Fact): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
