import { hasValidCheckDigit, identifierFault } from '@tallyhouse/epcis';
import type { Fact } from '../engine/fact.js';
import { CLEAN, type RuleContext, type Verdict, type Witnessed } from '../engine/rule.js';
import { item, step } from '../engine/words.js';

const parameters = {};

/** R13: an identifier has a wrong check digit, numbers another company's items, or names a place that nobody registered. */
export const identifierFaults = {
  id: 'R13',
  title: 'Identifier faults',
  severity: 'MEDIUM',
  hard: true,
  scope: 'EVENT',
  parameters,
  judge,
} as const;

function judge(witnessed: Witnessed, _: typeof parameters, context: RuleContext): Verdict {
  const faults = [
    ...wrongDigits(witnessed),
    ...foreignClasses(witnessed.fact, context),
    ...unknownPlaces(witnessed.fact, context),
  ];
  if (faults.length === 0) return CLEAN;
  const { fact } = witnessed;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more in the same event)` : '';
  const explanation = `The event at ${step(fact.bizStep)} ${faults[0]}${more}.`;
  return { violations: [{ key: '', evidence: [fact.id], at: fact.time, explanation }] };
}

/** A GLN, thirteen digits, inside a CBV business transaction identifier. */
const TRANSACTION_GLN = /^urn:epcglobal:cbv:bt:(\d{13}):/;

/** Keys in canonical links whose digits end with the check digit; a fast way past the many that are right. */
const CHECKED_KEY = /^https:\/\/id\.gs1\.org\/(?:00\/(\d{18})|01\/(\d{14})|41[47]\/(\d{13}))(?:\/|$)/;

function isRight(uri: string): boolean {
  const key = CHECKED_KEY.exec(uri);
  return key !== null && hasValidCheckDigit(key[1] ?? key[2] ?? key[3] ?? '');
}

function wrongDigits({ fact, event }: Witnessed): string[] {
  const amounts = [...fact.amounts.EPC, ...fact.amounts.CHILD, ...fact.amounts.INPUT, ...fact.amounts.OUTPUT];
  const uris = [
    ...fact.epcs,
    ...fact.children,
    ...fact.inputs,
    ...fact.outputs,
    ...amounts.map(({ uri }) => uri),
    ...fact.holders,
    ...[fact.parent, fact.site, fact.destination].filter((uri) => uri !== undefined),
  ];
  const faults = uris.flatMap((uri) => {
    const fault = isRight(uri) ? undefined : identifierFault(uri);
    return fault ? [`names ${fault.found}: expected ${fault.expected}`] : [];
  });
  const transactions = (event.bizTransactionList ?? []).flatMap(({ bizTransaction }) => {
    const digits = TRANSACTION_GLN.exec(bizTransaction)?.[1];
    return digits === undefined || hasValidCheckDigit(digits)
      ? []
      : [`names a business document of GLN ${digits}, whose check digit is wrong`];
  });
  return [...faults, ...transactions];
}

/** What comes into being must be numbered by who may number it. */
function foreignClasses(fact: Fact, { reference }: RuleContext): string[] {
  const born =
    fact.type === 'TransformationEvent'
      ? [...fact.outputs, ...fact.amounts.OUTPUT.map(({ uri }) => uri)]
      : fact.type === 'ObjectEvent' && fact.action === 'ADD'
        ? [...fact.epcs, ...fact.amounts.EPC.map(({ uri }) => uri)]
        : [];
  const foreign = born.find((uri) => {
    const holder = reference.holderOfClass(uri);
    return holder !== undefined && holder !== fact.party;
  });
  return foreign === undefined
    ? []
    : [`numbers ${item(foreign)}, whose company prefix belongs to another company`];
}

function unknownPlaces(fact: Fact, { reference }: RuleContext): string[] {
  if (!reference.knowsSites) return [];
  const places = [fact.site, fact.destination].filter((uri) => uri !== undefined);
  return [...new Set(places)]
    .filter((uri) => reference.site(uri) === undefined)
    .map((uri) => `names ${uri.replace('https://id.gs1.org/414/', 'GLN ')}, a place that nobody registered`);
}
