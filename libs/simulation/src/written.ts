import { sgln } from '@tallyhouse/epcis';
import { isoDate } from './calendar.js';
import type { Flow } from './flow.js';
import { play } from './play.js';
import { createPrng, type Prng } from './prng.js';
import type { Lot } from './stock.js';
import type { World } from './world.js';
import { phraseOf, PLANTED_SUBJECT, SUBJECTS, type Subject } from './written-phrases.js';

/** A text that somebody of the world wrote, and the index in `World.partners` of who sends it. */
export interface WrittenText {
  readonly partner: number;
  readonly kind: 'COMPLAINT' | 'INCIDENT' | 'INSPECTION' | 'RECALL';
  readonly title: string;
  readonly body: string;
  readonly writtenAt: Date;
  readonly reference: string;
  /** Digital Links of products and sites that it is about. */
  readonly products: readonly string[];
  readonly sites: readonly string[];
}

/** Where and of what somebody can write: goods that were received or sold. */
interface Occasion {
  readonly at: number;
  readonly site: number;
  readonly lot: Lot;
}

const RECALLS = 4;
/** Share of all texts that are of the planted subject in the weeks of its burst. */
const BURST_SHARE = 0.12;
const BURST_WEEKS = 7;
const BURST_BEGINS = 0.7;
const WEEK_MS = 604_800_000;
const DAY_MS = 86_400_000;
const WRITERS = ['M. Okafor', 'J. Lindqvist', 'A. Ferreira', 'T. Nguyen', 'S. Haddad', 'R. Novak'] as const;

/**
 * What inspectors, drivers and customers of a world write: names of sites, products and lots that its events have,
 * with personal data among it as people put it. One subject is written of far more often for seven weeks; a few recalls name
 * real lots. The same world gives the same texts.
 *
 * @param count texts wanted, recalls among them
 */
export function writtenTexts(world: World, count: number): WrittenText[] {
  const prng = createPrng(world.options.seed, 'written');
  const occasions = occasionsOf(world);
  if (occasions.length === 0) return [];
  const burst = burstOf(occasions);
  const texts = Array.from({ length: Math.max(0, count - RECALLS) }, (_, index) => {
    const isBurst = prng.chance(BURST_SHARE);
    const among = isBurst ? burst : occasions;
    const subject = isBurst ? PLANTED_SUBJECT : SUBJECTS[prng.integer(0, SUBJECTS.length - 1)]!;
    return noteOf(world, among[prng.integer(0, among.length - 1)]!, subject, index, prng);
  });
  const recalls = Array.from({ length: Math.min(RECALLS, count) }, (_, index) =>
    recallOf(world, occasions[Math.floor((occasions.length * (index + 1)) / (RECALLS + 1))]!, index),
  );
  return [...texts, ...recalls].sort((a, b) => a.writtenAt.getTime() - b.writtenAt.getTime());
}

function occasionsOf(world: World): Occasion[] {
  return [...play(world)].flat().flatMap((flow: Flow): Occasion[] => {
    if (flow.kind !== 'receive') return [];
    const lot = flow.shipment.contents[0]?.lot;
    return lot ? [{ at: flow.at, site: flow.site, lot }] : [];
  });
}

/** Occasions of the weeks in which the planted subject is written of. */
function burstOf(occasions: readonly Occasion[]): readonly Occasion[] {
  const [first, last] = [occasions[0]!.at, occasions.at(-1)!.at];
  const from = first + BURST_BEGINS * (last - first);
  const within = occasions.filter(({ at }) => at >= from && at < from + BURST_WEEKS * WEEK_MS);
  return within.length > 0 ? within : occasions;
}

function noteOf(world: World, occasion: Occasion, subject: Subject, index: number, prng: Prng): WrittenText {
  const { at, site, lot } = occasion;
  const product = world.products[lot.product]!;
  const writer = WRITERS[prng.integer(0, WRITERS.length - 1)]!;
  const happened = phraseOf(subject, prng);
  const bestBefore = isoDate(lot.madeOn + product.shelfLifeDays);
  const closings = [
    `Inspector ${writer}`,
    `reported by ${writer}, ${writer.slice(3).toLowerCase()}@example.com`,
    `call Mr ${writer.slice(3)} on +1 202 555 01${10 + prng.integer(0, 89)}`,
    'action: goods held',
  ];
  const closing = closings[prng.integer(0, closings.length - 1)]!;
  return {
    partner: world.sites[site]!.partner,
    kind: subject.kind,
    title: capital(happened),
    body: `${subject.title} at ${world.sites[site]!.name}. ${product.name}, lot ${lot.number}, best before ${bestBefore}; ${prng.integer(1, 40)} cases. ${capital(closing)}.`,
    writtenAt: new Date(at + prng.integer(1, 8) * 3_600_000),
    reference: `note-${index + 1}`,
    products: [productUri(product.gtin)],
    sites: [sgln(world.sites[site]!.gln)],
  };
}

function recallOf(world: World, { at, lot }: Occasion, index: number): WrittenText {
  const product = world.products[lot.product]!;
  const plant = world.sites[product.plant]!;
  const maker = world.partners[plant.partner]!.name;
  const causes = [
    'may be contaminated with Listeria monocytogenes',
    'contains milk, an allergen that is not declared on the label',
    'may be contaminated with extraneous material, pieces of glass',
    'was packed under a wrong label and is misbranded',
  ];
  return {
    partner: plant.partner,
    kind: 'RECALL',
    title: `${maker} recalls ${product.name}`,
    body:
      `${maker} recalls ${product.name}, GTIN ${product.gtin}, lot ${lot.number}, best before ` +
      `${isoDate(lot.madeOn + product.shelfLifeDays)}, because it ${causes[index % causes.length]!}. ` +
      `Made on ${isoDate(lot.madeOn)} in ${plant.name}. Stop sale and hold the goods. Contact: Ms Ada Berg, recalls@example.com.`,
    writtenAt: new Date(at + 2 * DAY_MS),
    reference: `recall-${index + 1}`,
    products: [productUri(product.gtin)],
    sites: [],
  };
}

const productUri = (gtin: string): string => `https://id.gs1.org/01/${gtin.padStart(14, '0')}`;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
