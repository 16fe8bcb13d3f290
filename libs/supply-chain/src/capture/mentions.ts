import { normalizeIdentifier, type EpcisEvent } from '@tallyhouse/epcis';

export type ItemRole = 'EPC' | 'PARENT' | 'CHILD' | 'INPUT' | 'OUTPUT';

/** An item, lot or class that an event names; `quantity` in `uom` (UN/ECE Recommendation 20), pieces where none is given. */
export interface ItemMention {
  readonly role: ItemRole;
  readonly uri: string;
  readonly product: string | undefined;
  readonly quantity: number | undefined;
  readonly uom: string | undefined;
}

/** Every item that the event names, identifiers in canonical Digital Link form, in the order of the event's fields. */
export function itemsOf(event: EpcisEvent): ItemMention[] {
  return [
    ...identifiers('EPC', event.epcList),
    ...quantities('EPC', event.quantityList),
    ...identifiers('PARENT', event.parentID === undefined ? [] : [event.parentID]),
    ...identifiers('CHILD', event.childEPCs),
    ...quantities('CHILD', event.childQuantityList),
    ...identifiers('INPUT', event.inputEPCList),
    ...quantities('INPUT', event.inputQuantityList),
    ...identifiers('OUTPUT', event.outputEPCList),
    ...quantities('OUTPUT', event.outputQuantityList),
  ];
}

const GTIN_PATH = /^https:\/\/id\.gs1\.org\/01\/\d{14}/;

/** The product class (`https://id.gs1.org/01/{GTIN}`) of an item or lot, if it has one. */
export function productOf(uri: string): string | undefined {
  return GTIN_PATH.exec(uri)?.[0];
}

function identifiers(role: ItemRole, list: readonly string[] = []): ItemMention[] {
  return list.map((identifier) => {
    const uri = normalizeIdentifier(identifier);
    return { role, uri, product: productOf(uri), quantity: undefined, uom: undefined };
  });
}

function quantities(
  role: ItemRole,
  list: readonly { epcClass: string; quantity?: number; uom?: string }[] = [],
): ItemMention[] {
  return list.map((element) => {
    const uri = normalizeIdentifier(element.epcClass);
    return { role, uri, product: productOf(uri), quantity: element.quantity, uom: element.uom };
  });
}
