import type { Entity } from './entity.js';

/** Words for units and their codes of UN/ECE Recommendation 20; pieces and packages keep their own word. */
const UNITS: readonly (readonly [string, string])[] = [
  ['(?:fl\\.? ?oz|fluid ounces?)', 'OZA'],
  ['(?:oz|ounces?)', 'ONZ'],
  ['(?:lbs?|pounds?|#(?= poly| bag| case))', 'LBR'],
  ['(?:kgs?|kilograms?|kilos?)', 'KGM'],
  ['(?:gr?|grams?|grammes?)', 'GRM'],
  ['(?:mg|milligrams?)', 'MGM'],
  ['(?:tons?|tonnes?)', 'TNE'],
  ['(?:ml|millilit(?:er|re)s?)', 'MLT'],
  ['(?:l|lit(?:er|re)s?)', 'LTR'],
  ['(?:gal|gallons?)', 'GLL'],
  ['(?:qts?|quarts?)', 'QTL'],
  ['ppm', '59'],
  ['(?:days?)', 'DAY'],
  ['(?:months?)', 'MON'],
  ['(?:retail )?(?:units?|pieces?|each|ct|counts?|pk|packs?)', 'H87'],
];
const PACKAGES =
  'cartons?|cases?|boxes|box|bags?|pallets?|trays?|bottles?|jars?|cans?|packages?|pouches|pouch|totes?|tubs?|drums?|cakes?|rolls?|sachets?|capsules?|tablets?|cookies|containers?|kegs?|crates?';
const OUNCES_A_POUND = 16;
const WORDS: Readonly<Record<string, number>> = {
  half: 0.5,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twelve: 12,
};

const NUMBER = `(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?(?:-\\d+(?:\\.\\d+)?)?|${Object.keys(WORDS).join('|')})`;
const PATTERN = new RegExp(
  `(?<![\\p{L}\\d/.-])(?:(?<times>\\d+) ?[x×/] ?)?(?<number>${NUMBER})(?:[ -]?|  )(?<unit>(?:lbs?|pounds?) \\d+ (?:oz|ounces?)|${UNITS.map(([words]) => words).join('|')}|(?:[a-z]+ )?(?:${PACKAGES}))(?![\\p{L}\\d])`,
  'giu',
);
const UNIT_PATTERNS = UNITS.map(
  ([words, code]) => [new RegExp(`^${words.replaceAll('(?= poly| bag| case)', '')}$`, 'i'), code] as const,
);

/**
 * Numbers with their units. A range keeps its larger end; `6 x 25 fl oz` is 150 OZA.
 *
 * @example quantityEntities('2,574 pounds')[0]?.value // '2574 LBR'
 */
export function quantityEntities(text: string): Entity[] {
  return [...text.matchAll(PATTERN)].flatMap((match) => {
    const { times, number = '', unit = '' } = match.groups as Record<string, string | undefined>;
    const words = unit.toLowerCase();
    const ounces = /^(?:lb|pound)s? (\d+)/.exec(words)?.[1];
    const amount = (amountOf(number) + Number(ounces ?? 0) / OUNCES_A_POUND) * Number(times ?? 1);
    // A long number with one letter is a code: 128522l.
    const isCode = /^\d{5,}[gl]$/i.test(match[0]);
    if (isCode || !Number.isFinite(amount) || / (?:per|of|and|in|or)$/.test(words.split(' ')[0] ?? ''))
      return [];
    const code = ounces ? 'LBR' : UNIT_PATTERNS.find(([pattern]) => pattern.test(words))?.[1];
    const start = match.index;
    const end = start + match[0].length;
    const value = `${amount} ${code ?? words.split(' ').at(-1)!}`;
    return [
      { type: 'QUANTITY' as const, start, end, surface: match[0], value, confidence: code ? 0.9 : 0.75 },
    ];
  });
}

function amountOf(number: string): number {
  const word = WORDS[number.toLowerCase()];
  if (word !== undefined) return word;
  return Number(number.replaceAll(',', '').split('-').at(-1));
}
