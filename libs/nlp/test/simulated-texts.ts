import { seededRandom } from '@tallyhouse/compute';
import type { LabelledText } from '../src/classifier/labelled-text.js';

const OPENINGS = [
  'a firm in the north',
  'the plant by the river',
  'one importer of the east',
  'a small kitchen',
];
const REASONS: Readonly<Record<string, readonly string[]>> = {
  Contamination: ['found listeria in the salad', 'sold beef with metal pieces', 'had salmonella in its eggs'],
  Labels: [
    'forgot to declare milk on the label',
    'printed a label without the peanuts',
    'mixed up two labels',
  ],
  Border: ['imported pork past the border', 'brought in chicken without papers', 'skipped the import check'],
};

/** Notices of a world with three labels, the third of them rare; about one in twelve has two. */
export function simulatedTexts(count: number, seed: number): LabelledText[] {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const first = random.uniform() < 0.08 ? 'Border' : pick(['Contamination', 'Labels']);
    const second = random.uniform() < 0.08 ? pick(Object.keys(REASONS)) : first;
    const labels = [...new Set([first, second])];
    const what = labels.map((label) => pick(REASONS[label]!)).join(' and ');
    const date = new Date(Date.UTC(2015, 0, 1 + 10 * index)).toISOString().slice(0, 10);
    return { text: `${pick(OPENINGS)} ${what}, ${1 + random.below(900)} cases in all`, labels, date };
  });
}
