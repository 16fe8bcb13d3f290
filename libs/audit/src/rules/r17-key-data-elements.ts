import type { EpcisEvent, QuantityElement } from '@tallyhouse/epcis';
import type { Fact } from '../engine/fact.js';
import { CLEAN, type Verdict, type Witnessed } from '../engine/rule.js';
import { step, when } from '../engine/words.js';

const parameters = {};

/**
 * R17: a critical tracking event lacks a key data element of the FSMA 204 traceability rule (21 CFR 1.1325 to 1.1350):
 * lot code, quantity and unit, place, where it goes or comes from, reference document.
 */
export const keyDataElements = {
  id: 'R17',
  title: 'Key data element missing',
  severity: 'MEDIUM',
  hard: true,
  scope: 'EVENT',
  parameters,
  judge,
} as const;

function judge({ fact, event }: Witnessed): Verdict {
  const missing = missingElements(fact, event);
  if (missing.length === 0) return CLEAN;
  const explanation =
    `The event at ${step(fact.bizStep)} of ${when(fact.time)} lacks ${missing.join(' and ')}, ` +
    'which the FSMA 204 profile asks for.';
  return { violations: [{ key: '', evidence: [fact.id], at: fact.time, explanation }] };
}

function missingElements(fact: Fact, event: EpcisEvent): string[] {
  const missing: string[] = [];
  const need = (present: boolean, name: string): void => void (present || missing.push(name));
  if (isMaking(fact)) {
    need(fact.site !== undefined, 'the place');
    need(hasLotCode(fact, event), 'the traceability lot code');
    need(hasAmount(fact, event), 'the quantity');
  } else if (fact.bizStep === 'shipping' && fact.type === 'ObjectEvent') {
    need(fact.site !== undefined, 'the place it left');
    need((event.destinationList ?? []).length > 0, 'the place it goes to');
    need((event.bizTransactionList ?? []).length > 0, 'the reference document');
  } else if (fact.bizStep === 'receiving' && fact.type === 'ObjectEvent' && fact.disposition !== 'returned') {
    need(fact.site !== undefined, 'the place it came to');
    need((event.sourceList ?? []).length > 0, 'the place it came from');
    need((event.bizTransactionList ?? []).length > 0, 'the reference document');
  }
  return missing;
}

function isMaking({ type, action, bizStep }: Fact): boolean {
  return (
    type === 'TransformationEvent' ||
    (type === 'ObjectEvent' && action === 'ADD' && bizStep === 'commissioning')
  );
}

const LOT_IN_URI = /\/10\/[^/]+$/;

/** The lot code stands in the identifier of the lot or in the master data of the event. */
function hasLotCode(fact: Fact, { ilmd }: EpcisEvent): boolean {
  const made = fact.type === 'TransformationEvent' ? fact.amounts.OUTPUT : fact.amounts.EPC;
  if (made.length > 0 && made.every(({ uri }) => LOT_IN_URI.test(uri))) return true;
  return Object.entries(ilmd ?? {}).some(
    ([name, value]) =>
      /(^|[:/#])(lotNumber|batchNumber)$/.test(name) && typeof value === 'string' && value !== '',
  );
}

/** Serials count themselves; a lot must say how much. */
function hasAmount(fact: Fact, event: EpcisEvent): boolean {
  const lists: (readonly QuantityElement[] | undefined)[] =
    fact.type === 'TransformationEvent'
      ? [event.inputQuantityList, event.outputQuantityList]
      : [event.quantityList];
  return lists.every((list) => (list ?? []).every(({ quantity }) => quantity !== undefined));
}
