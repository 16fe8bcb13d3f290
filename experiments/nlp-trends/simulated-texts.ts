/** A text of the simulated world: when it was written and which subject it is of. */
export interface SimulatedText {
  readonly week: number;
  readonly subject: number;
  readonly text: string;
}

export interface PlantedBurst {
  readonly subject: number;
  readonly from: number;
  readonly to: number;
}

const SUBJECTS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['milk', 'egg', 'soy', 'wheat', 'sesame'],
    [
      'was not declared on the label',
      'is missing from the list of ingredients',
      'was found though the label says free of it',
      'contradicts the allergen statement',
    ],
  ],
  [
    ['glass', 'metal', 'blue plastic', 'a piece of rubber', 'a stone'],
    [
      'was found in a jar by a consumer',
      'was detected by the x-ray machine',
      'came out of the filling line',
      'hurt the tooth of a customer',
    ],
  ],
  [
    [
      'the refrigerated trailer',
      'the reefer container',
      'the cold store',
      'the cooling unit',
      'the freezer lorry',
    ],
    [
      'was above the limit for three hours',
      'lost cooling on the motorway',
      'showed an alarm during the night',
      'arrived warm at the dock',
    ],
  ],
  [
    ['the pallet', 'the carton', 'the outer case', 'the drum', 'the crate'],
    ['was crushed at the bottom', 'fell from the forklift', 'came with torn wrapping', 'was wet and broken'],
  ],
  [
    ['the invoice', 'the delivery note', 'the customs form', 'the certificate', 'the bill of lading'],
    [
      'carried the wrong number',
      'was missing at arrival',
      'did not match the order',
      'had no stamp of the authority',
    ],
  ],
  [
    ['salmonella', 'listeria', 'e. coli', 'mould', 'norovirus'],
    [
      'was confirmed by the laboratory',
      'was found in a routine sample',
      'led to the product being held',
      'was suspected after illness',
    ],
  ],
  [
    ['mouse droppings', 'beetles', 'a dead bird', 'cockroaches', 'moths'],
    [
      'were seen near the silo',
      'were reported by the pest controller',
      'came with the grain',
      'were noticed in the warehouse',
    ],
  ],
  [
    ['the driver', 'the carrier', 'the haulier', 'the ferry', 'the train'],
    [
      'was two days late because of the strike',
      'waited nine hours at the border',
      'missed the delivery slot again',
      'was stopped by snow',
    ],
  ],
  [
    ['the seal', 'the lock', 'the tamper tape', 'the door bolt', 'the security tag'],
    [
      'was broken on arrival',
      'had another number than declared',
      'had been cut and glued',
      'was absent from the container',
    ],
  ],
  [
    ['ammonia', 'hydraulic oil', 'diesel', 'cleaning agent', 'battery acid'],
    [
      'leaked onto the floor',
      'was smelled in the packing hall',
      'dripped onto the boxes',
      'was spilled while unloading',
    ],
  ],
  [
    ['the scale', 'the scanner', 'the printer', 'the conveyor', 'the label machine'],
    [
      'stopped working during the shift',
      'printed unreadable codes',
      'was out of calibration',
      'was repaired and restarted',
    ],
  ],
  [
    ['the taste', 'the smell', 'the colour', 'the texture', 'the aftertaste'],
    [
      'was called bitter by several customers',
      'was unlike the usual product',
      'was described as rancid',
      'was criticised in a complaint',
    ],
  ],
];
export const SUBJECT_COUNT = SUBJECTS.length;
export const WEEKS = 104;
const TEXTS_A_WEEK = 40;
const BURSTS = 4;

/**
 * Two years of texts, some 40 a week, of twelve subjects; four of them are each spoken of three to five times as often
 * for 4 to 8 weeks. What is drawn depends on the numbers given alone.
 */
export function simulateTexts(uniform: () => number): { texts: SimulatedText[]; planted: PlantedBurst[] } {
  const pick = (count: number): number => Math.floor(uniform() * count);
  const weights = SUBJECTS.map(() => 0.5 + uniform());
  const subjects = [...SUBJECTS.keys()].sort(() => uniform() - 0.5).slice(0, BURSTS);
  const planted = subjects.map((subject) => {
    const from = 8 + pick(WEEKS - 20);
    return { subject, from, to: from + 3 + pick(5), times: 3 + 2 * uniform() };
  });
  const texts: SimulatedText[] = [];
  for (let week = 0; week < WEEKS; week += 1) {
    const raised = weights.map((weight, subject) => {
      const burst = planted.find((each) => each.subject === subject && week >= each.from && week <= each.to);
      return weight * (burst?.times ?? 1);
    });
    const sum = raised.reduce((total, weight) => total + weight, 0);
    const count = TEXTS_A_WEEK - 8 + pick(17);
    for (let i = 0; i < count; i += 1) {
      let left = uniform() * sum;
      const subject = Math.max(
        0,
        raised.findIndex((weight) => (left -= weight) <= 0),
      );
      const [things, happenings] = SUBJECTS[subject]!;
      texts.push({
        week,
        subject,
        text: `${things[pick(things.length)]!} ${happenings[pick(happenings.length)]!}`,
      });
    }
  }
  return { texts, planted: planted.map(({ subject, from, to }) => ({ subject, from, to })) };
}
