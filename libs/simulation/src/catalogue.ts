import { gtin } from '@tallyhouse/epcis';
import type { Prng } from './prng.js';
import type { Partner, Product, ProductDemand } from './world.js';

/** A group of products that one plant makes and that customers buy alike. */
interface ProductGroup {
  readonly group: string;
  readonly plant: number;
  readonly names: readonly string[];
  readonly priceCents: number;
  readonly unitsPerDay: number;
  readonly amplitude: number;
  readonly peakDayOfYear: number;
  readonly weekly: readonly number[];
  readonly caseSize: number;
  readonly shelfLifeDays: number;
  readonly chilled?: true;
  /** Packed from a bulk good, the unit of sale a quarter of a kilogram. */
  readonly fromBulk?: true;
}

const GROUPS: readonly ProductGroup[] = [
  {
    group: 'dairy',
    plant: 0,
    names: ['Whole milk 1 l', 'Plain yoghurt 500 g', 'Butter 250 g', 'Cream 200 ml', 'Fresh cheese 150 g'],
    priceCents: 189,
    unitsPerDay: 14,
    amplitude: 0.1,
    peakDayOfYear: 355,
    weekly: [0.9, 0.85, 0.9, 0.95, 1.2, 1.45, 0.75],
    caseSize: 6,
    shelfLifeDays: 28,
    chilled: true,
  },
  {
    group: 'beverages',
    plant: 1,
    names: ['Sparkling water 1.5 l', 'Orange juice 1 l', 'Iced tea 1 l', 'Lemonade 750 ml', 'Tonic 200 ml'],
    priceCents: 149,
    unitsPerDay: 12,
    amplitude: 0.45,
    peakDayOfYear: 200,
    weekly: [0.8, 0.8, 0.85, 0.95, 1.35, 1.5, 0.75],
    caseSize: 12,
    shelfLifeDays: 270,
  },
  {
    group: 'confectionery',
    plant: 1,
    names: [
      'Dark chocolate 100 g',
      'Oat biscuits 250 g',
      'Fruit drops 200 g',
      'Nougat 150 g',
      'Wafers 180 g',
    ],
    priceCents: 229,
    unitsPerDay: 7,
    amplitude: 0.4,
    peakDayOfYear: 350,
    weekly: [0.85, 0.85, 0.9, 1, 1.25, 1.35, 0.8],
    caseSize: 10,
    shelfLifeDays: 360,
  },
  {
    group: 'coffee',
    plant: 2,
    names: [
      'Espresso beans 250 g',
      'Filter coffee 250 g',
      'Decaf beans 250 g',
      'House blend 250 g',
      'Mocha 250 g',
    ],
    priceCents: 449,
    unitsPerDay: 5,
    amplitude: 0.2,
    peakDayOfYear: 20,
    weekly: [1.05, 0.95, 0.95, 0.95, 1.1, 1.3, 0.7],
    caseSize: 8,
    shelfLifeDays: 540,
    fromBulk: true,
  },
  {
    group: 'household',
    plant: 2,
    names: [
      'Washing powder 2 kg',
      'Dish soap 500 ml',
      'Sponges 4 pieces',
      'Bin bags 20 pieces',
      'Candles 6 pieces',
    ],
    priceCents: 599,
    unitsPerDay: 3,
    amplitude: 0.08,
    peakDayOfYear: 100,
    weekly: [1, 0.95, 0.95, 0.95, 1.05, 1.4, 0.7],
    caseSize: 6,
    shelfLifeDays: 1_080,
  },
];

/** One product in six is intermittent. */
const INTERMITTENT_EVERY = 6;
/** Item references of bulk goods start here, so that they never meet those of products. */
const BULK_ITEM_REFERENCE = 90_000;

/** Draws `count` products over all groups; names repeat with a number after the first 25. */
export function makeProducts(count: number, partners: readonly Partner[], prng: Prng): Product[] {
  return Array.from({ length: count }, (_, index) => makeProduct(index, partners, prng));
}

function makeProduct(index: number, partners: readonly Partner[], prng: Prng): Product {
  const group = GROUPS[index % GROUPS.length] as ProductGroup;
  const rank = Math.floor(index / GROUPS.length);
  const variant = Math.floor(rank / group.names.length);
  const name = group.names[rank % group.names.length] ?? group.group;
  const prefix = partners[group.plant]?.companyPrefix ?? '';
  return {
    gtin: gtin(prefix, itemReference(index + 1)),
    name: variant === 0 ? name : `${name}, no. ${variant + 1}`,
    group: group.group,
    plant: group.plant,
    priceCents: Math.round(group.priceCents * (0.7 + 0.8 * prng.float())),
    caseSize: group.caseSize,
    shelfLifeDays: group.shelfLifeDays,
    chilled: group.chilled ?? false,
    ...(group.fromBulk ? { bulkGtin: gtin(prefix, itemReference(BULK_ITEM_REFERENCE + rank)) } : {}),
    demand: makeDemand(group, index % INTERMITTENT_EVERY === INTERMITTENT_EVERY - 1, prng),
  };
}

function makeDemand(group: ProductGroup, intermittent: boolean, prng: Prng): ProductDemand {
  return {
    pattern: intermittent ? 'intermittent' : 'regular',
    unitsPerDay: round2(intermittent ? 1.5 + 4 * prng.float() : group.unitsPerDay * (0.5 + prng.float())),
    occurrence: intermittent ? round2(0.06 + 0.12 * prng.float()) : 1,
    trendPerYear: round2(-0.12 + 0.32 * prng.float()),
    yearlyAmplitude: round2(group.amplitude * (0.7 + 0.6 * prng.float())),
    peakDayOfYear: (group.peakDayOfYear + prng.integer(-10, 10) + 365) % 365,
    weekly: group.weekly,
    upliftPerPercent: round2(0.03 + 0.04 * prng.float()),
  };
}

/** Item references behind a company prefix of seven digits have five. */
function itemReference(number: number): string {
  return String(number).padStart(5, '0');
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
