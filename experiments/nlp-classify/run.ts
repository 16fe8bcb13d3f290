import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openEngine, type Engine } from '@tallyhouse/compute';
import {
  classify,
  engineProbabilities,
  evaluateTexts,
  FSIS_RECALL_REASONS,
  NO_GUIDE,
  textModelArtifact,
  type TextModel,
} from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { evaluationFigures, methodFigures } from '../../apps/cli/src/nlp/evaluation-figures.js';
import { readLabelled } from '../../apps/cli/src/nlp/read-labelled.js';
import { STRANGE_TEXTS } from './strange-texts.js';

const FILE = resolve(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? '../shared/data',
  'fsis-recalls/usda_fsis_recalls.csv.gz',
);
const COLUMNS = { label: 'reasons', date: 'start_date' };
const SPLIT_DATE = '2020-01-01';
const ENGINE_TEXTS = 4_000;
const nowMs = (): number => performance.now();

async function engineRate(engine: Engine, model: TextModel, texts: readonly string[]): Promise<number> {
  const session = await engine.load(textModelArtifact(model, { dataRoot: null, dataBlock: null }));
  const batch = Array.from({ length: 500 }, (_, at) => texts[at % texts.length]!);
  await engineProbabilities(session, model, batch);
  const begin = nowMs();
  for (let done = 0; done < ENGINE_TEXTS; done += batch.length)
    await engineProbabilities(session, model, batch);
  return Math.round((ENGINE_TEXTS * 1_000) / (nowMs() - begin));
}

const engine = await openEngine({ device: process.env['TALLYHOUSE_DEVICE'] });
const results: Record<string, unknown> = {};
for (const text of ['summary', 'title,summary']) {
  const { texts } = await readLabelled(FILE, { ...COLUMNS, text });
  const options = { splitDate: SPLIT_DATE, nowMs };
  const found = evaluateTexts(texts, { ...options, guide: FSIS_RECALL_REASONS });
  const bare = evaluateTexts(texts, { ...options, guide: NO_GUIDE, withBaseline: false });
  const { model, tried, heldOut } = found.trained;
  const strange = STRANGE_TEXTS.map((words) => classify(model, words).answer);
  results[text] = {
    ...evaluationFigures(found),
    withoutGuide: methodFigures(bare.model),
    chosenBy: tried,
    heldOutInTraining: { macroF1: heldOut.macroF1, microF1: heldOut.microF1, ece: heldOut.ece },
    strangeTexts: {
      texts: strange.length,
      outOfDomain: strange.filter((answer) => answer === 'OUT_OF_DOMAIN').length,
      labelled: strange.filter((answer) => answer === 'LABELLED').length,
    },
    engineTextsPerSecond: {
      engine: `${engine.name} on ${engine.device}`,
      rate: await engineRate(
        engine,
        model,
        texts.map((row) => row.text),
      ),
    },
  };
  console.log(text, JSON.stringify(results[text], null, 2));
}
await engine.close();
writeFileSync(
  resolve('experiments/nlp-classify/results.json'),
  `${JSON.stringify({ data: sha256Hex(readFileSync(FILE)), splitDate: SPLIT_DATE, results }, null, 2)}\n`,
);
