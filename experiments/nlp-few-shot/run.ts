import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { seededRandom } from '@tallyhouse/compute';
import { drawFewShot, evaluateTexts, FSIS_RECALL_REASONS, NO_GUIDE, type LabelGuide } from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { readLabelled } from '../../apps/cli/src/nlp/read-labelled.js';

const FILE = resolve(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? '../shared/data',
  'fsis-recalls/usda_fsis_recalls.csv.gz',
);
const SPLIT_DATE = '2020-01-01';
const SEEDS = [1, 2, 3, 4, 5];
const METHODS: Readonly<Record<string, LabelGuide>> = { guided: FSIS_RECALL_REASONS, withoutGuide: NO_GUIDE };

interface Figures {
  readonly macroF1: number;
  readonly microF1: number;
  readonly ece: number;
}

function spread(runs: readonly Figures[]) {
  const of = (name: keyof Figures) => {
    const values = runs.map((run) => run[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    return { mean: Number(mean.toFixed(4)), deviation: Number(deviation.toFixed(4)) };
  };
  return { macroF1: of('macroF1'), microF1: of('microF1'), ece: of('ece') };
}

const { texts } = await readLabelled(FILE, { text: 'summary', label: 'reasons', date: 'start_date' });
const results: Record<string, unknown> = {};
for (const perLabel of [8, 32]) {
  const runs: Record<string, Figures[]> = { guided: [], withoutGuide: [], baseline: [] };
  const sizes: number[] = [];
  for (const seed of SEEDS) {
    for (const [name, guide] of Object.entries(METHODS)) {
      const found = evaluateTexts(texts, {
        splitDate: SPLIT_DATE,
        guide,
        withBaseline: name === 'guided',
        nowMs: () => performance.now(),
        draw: (training) => drawFewShot(training, perLabel, seededRandom(seed)),
      });
      runs[name]!.push(found.model);
      if (found.baseline) {
        runs['baseline']!.push(found.baseline);
        sizes.push(found.trainingTexts);
      }
    }
  }
  results[`${perLabel} a label`] = {
    trainingTexts: sizes,
    ...Object.fromEntries(Object.entries(runs).map(([name, list]) => [name, spread(list)])),
  };
  console.log(perLabel, JSON.stringify(results[`${perLabel} a label`], null, 2));
}
writeFileSync(
  resolve('experiments/nlp-few-shot/results.json'),
  `${JSON.stringify({ data: sha256Hex(readFileSync(FILE)), splitDate: SPLIT_DATE, seeds: SEEDS, text: 'summary', results }, null, 2)}\n`,
);
