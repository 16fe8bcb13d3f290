import type { Prng } from './prng.js';

/** Something that people of the world write about. */
export interface Subject {
  readonly kind: 'COMPLAINT' | 'INCIDENT' | 'INSPECTION';
  readonly title: string;
  readonly things: readonly string[];
  readonly happenings: readonly string[];
}

/** What is written of far more often for some weeks. */
export const PLANTED_SUBJECT: Subject = {
  kind: 'INCIDENT',
  title: 'Cooling failed',
  things: ['the refrigerated trailer', 'the cooling unit', 'the reefer', 'the cold room'],
  happenings: [
    'stood above the limit for three hours',
    'lost its cooling on the road',
    'gave an alarm during the night',
    'came in warm at the dock',
  ],
};

export const SUBJECTS: readonly Subject[] = [
  PLANTED_SUBJECT,
  {
    kind: 'INCIDENT',
    title: 'Goods damaged',
    things: ['one pallet', 'the outer case', 'a roll cage', 'the lowest layer'],
    happenings: [
      'fell from the fork lift',
      'was crushed under a shifted load',
      'came wet from the rain',
      'arrived with torn film',
    ],
  },
  {
    kind: 'COMPLAINT',
    title: 'Customers complain of taste',
    things: ['the taste', 'the smell', 'the colour', 'the texture'],
    happenings: [
      'was called rancid by two customers',
      'was unlike the usual product',
      'was said to be bitter',
      'was criticised at the counter',
    ],
  },
  {
    kind: 'INSPECTION',
    title: 'Papers do not match',
    things: ['the delivery note', 'the invoice', 'the certificate', 'the transport order'],
    happenings: [
      'names another lot than the label',
      'was missing on arrival',
      'carries no stamp',
      'does not match the order',
    ],
  },
  {
    kind: 'INSPECTION',
    title: 'Seal inspected',
    things: ['the seal', 'the door lock', 'the tamper tape', 'the security bolt'],
    happenings: [
      'was broken on arrival',
      'bore another number than declared',
      'had been cut and glued',
      'was whole and as declared',
    ],
  },
  {
    kind: 'INSPECTION',
    title: 'Pests looked for',
    things: ['mouse droppings', 'beetles', 'moths', 'a dead bird'],
    happenings: [
      'were found behind the racks',
      'were seen by pest control',
      'came in with empty crates',
      'were searched for and not found',
    ],
  },
];

/** A thing and what became of it. */
export function phraseOf({ things, happenings }: Subject, prng: Prng): string {
  return `${things[prng.integer(0, things.length - 1)]!} ${happenings[prng.integer(0, happenings.length - 1)]!}`;
}
