import type { EpcisEvent } from '../epcis.types.js';
import { modernCbvUri } from '../hash/vocabulary.js';
import type { EventFault } from './event-fault.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const GONE = 'destroyed disposed';
const NOT_YET = 'destroyed disposed inactive dispensed partially_dispensed retail_sold returned expired';
const FOR_SALE = 'available sellable_accessible sellable_not_accessible';

/**
 * Dispositions that contradict what CBV 2.0 says of a business step: an object that was just destroyed is not for sale.
 * Pairs that are odd but thinkable stand in no list.
 */
const CANNOT_FOLLOW: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['commissioning', words(NOT_YET)],
  ['creating_class_instance', words(NOT_YET)],
  ['encoding', words(NOT_YET)],
  ['destroying', words(`active encoded in_transit dispensed retail_sold reserved returned ${FOR_SALE}`)],
  ['decommissioning', words(`active encoded in_transit reserved ${FOR_SALE}`)],
  ['retail_selling', words(`in_transit inactive stolen ${GONE} ${FOR_SALE}`)],
  ['dispensing', words(`in_transit inactive stolen ${GONE} ${FOR_SALE}`)],
  ['stocking', words(`in_transit inactive retail_sold ${GONE}`)],
  ['storing', words(`in_transit ${GONE}`)],
  ['void_shipping', words(`in_transit ${GONE}`)],
  ['shipping', words(`sellable_accessible ${GONE}`)],
  ['departing', words(`sellable_accessible ${GONE}`)],
  ['transporting', words(`sellable_accessible ${GONE}`)],
  ...['arriving', 'receiving', 'accepting', 'packing', 'unpacking', 'loading', 'unloading', 'picking'].map(
    (step) => [step, words(GONE)] as const,
  ),
]);

/** Actions that say the opposite of the business step. */
const CANNOT_DO: ReadonlyMap<string, string> = new Map([
  ['commissioning', 'DELETE'],
  ['creating_class_instance', 'DELETE'],
  ['decommissioning', 'ADD'],
  ['destroying', 'ADD'],
  ['packing', 'DELETE'],
  ['unpacking', 'ADD'],
  ['loading', 'DELETE'],
  ['unloading', 'ADD'],
  ['assembling', 'DELETE'],
  ['disassembling', 'ADD'],
  ['installing', 'DELETE'],
  ['removing', 'ADD'],
]);

const CBV_URI = /^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-/;

/** Business steps whose disposition or action says the opposite, and states both given and taken. */
export function stepFaults(event: EpcisEvent): EventFault[] {
  const faults: EventFault[] = [];
  const step = bareWord(event.bizStep);
  const disposition = bareWord(event.disposition);
  if (step && disposition && CANNOT_FOLLOW.get(step)?.has(disposition)) {
    const expected = `a disposition that can be after ${step}`;
    faults.push({ pointer: '/disposition', rule: 'biz-step-disposition', found: disposition, expected });
  }
  if (step && event.action !== undefined && CANNOT_DO.get(step) === event.action) {
    const expected = `another action: ${step} is the opposite of ${event.action}`;
    faults.push({ pointer: '/action', rule: 'biz-step-action', found: event.action, expected });
  }
  const { set = [], unset = [] } = event.persistentDisposition ?? {};
  const given = new Set(set.map(bareWord));
  unset.forEach((word, index) => {
    if (!given.has(bareWord(word))) return;
    const expected = 'a disposition that is not set by the same event';
    const pointer = `/persistentDisposition/unset/${index}`;
    faults.push({ pointer, rule: 'persistent-disposition', found: word, expected });
  });
  return faults;
}

/** The word of CBV, however it is spelled; other vocabularies as they are. */
function bareWord(text: string | undefined): string | undefined {
  return text === undefined ? undefined : modernCbvUri(text.trim()).replace(CBV_URI, '');
}
