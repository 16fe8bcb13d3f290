import type { CapturedEvent } from './captured-event.js';
import type { EventFeatureName } from './event-features.js';
import type { EventAlarm, TellingFeature } from './event-watch.js';

const amount = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A feature in the unit that people use: units, hours, kilometres, shares, hours of the day or days of the week. */
export function inUnits(name: EventFeatureName, numbers: readonly number[]): number {
  const [first = NaN, second = NaN] = numbers;
  if (name === 'hour') return 24 * shareOfTurn(first, second);
  if (name === 'weekday') return 7 * shareOfTurn(first, second);
  return name === 'place' || name === 'stepBefore' || name === 'party' ? 2 ** -first : 2 ** first - 1;
}

/** One sentence that says what sets an event apart, and what is usual there. */
export function eventWords({ event, features, pValue }: EventAlarm): string {
  const said = features.map((feature) => WORDS[feature.name](feature, event));
  const last = said.pop()!;
  const list = said.length === 0 ? last : `${said.join('; ')}; and ${last}`;
  const rarity = pValue < 1e-6 ? 'less than once in a million' : `once in ${amount.format(1 / pValue)}`;
  return `${stepName(event.bizStep)} unlike those of this sender before it: ${list}. As unusual ${rarity} of them.`;
}

/** How a feature is told: what it is, and what is usual. */
const WORDS: Readonly<Record<EventFeatureName, (feature: TellingFeature, event: CapturedEvent) => string>> = {
  amount: (feature, { quantity }) => {
    const [value, usual] = bothInUnits(feature);
    return `${amount.format(value)} ${quantity === null ? 'items' : 'units'} where ${amount.format(usual)} are usual`;
  },
  hour: (feature) => {
    const [value, usual] = bothInUnits(feature);
    return `at ${clock(value)} where ${clock(usual)} is usual`;
  },
  weekday: ({ numbers }) =>
    `on a ${WEEKDAYS[Math.floor(inUnits('weekday', numbers)) % 7]}, not a usual day for it`,
  delay: (feature) => `recorded ${span(feature)} after it happened where ${usualSpan(feature)} usual`,
  sinceItem: (feature) =>
    `${span(feature)} after the item's step before it where ${usualSpan(feature)} usual`,
  sincePlace: (feature) =>
    `${span(feature)} after the event before it at this place where ${usualSpan(feature)} usual`,
  place: (feature, { place }) =>
    place === null ? `at no place, as ${share(feature)} of them` : `at a place of ${share(feature)} of them`,
  stepBefore: (feature, { before }) =>
    before === null
      ? `of an item of which nothing was said before, as in ${share(feature)} of them`
      : `after ${before.bizStep || 'a step without a name'}, as ${share(feature)} of them`,
  party: (feature, { party }) =>
    party === null
      ? `with nobody at the other end, as ${share(feature)} of them`
      : `with a party of ${share(feature)} of them at the other end`,
  distance: (feature) => {
    const [value, usual] = bothInUnits(feature);
    const than = Number.isNaN(usual) ? 'none is' : `${amount.format(usual)} km are`;
    return `${amount.format(value)} km from where the item was before, where ${than} usual`;
  },
};

function bothInUnits({ name, numbers, usual }: TellingFeature): [value: number, usual: number] {
  return [inUnits(name, numbers), inUnits(name, usual)];
}

const stepName = (bizStep: string): string =>
  bizStep === ''
    ? 'An event'
    : `An event of ${bizStep.slice(bizStep.lastIndexOf('/') + 1).replaceAll('_', ' ')}`;

const span = (feature: TellingFeature): string => spanOf(bothInUnits(feature)[0]);

function usualSpan(feature: TellingFeature): string {
  const [, usual] = bothInUnits(feature);
  return Number.isNaN(usual) ? 'nothing is' : `${spanOf(usual)} are`;
}

function spanOf(hours: number): string {
  if (hours >= 48) return `${amount.format(hours / 24)} days`;
  return hours >= 2 ? `${amount.format(hours)} hours` : `${amount.format(hours * 60)} minutes`;
}

function share(feature: TellingFeature): string {
  const [value] = bothInUnits(feature);
  return value < 0.0001 ? 'less than 0.01 %' : `${amount.format(100 * value)} %`;
}

function clock(hours: number): string {
  const minutes = Math.round(60 * hours) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** 0 to 1, from the sine and cosine of an angle. */
function shareOfTurn(sine: number, cosine: number): number {
  return (Math.atan2(sine, cosine) / (2 * Math.PI) + 1) % 1;
}
