import {
  evaluateTexts,
  INCIDENT_TEXT,
  textModelArtifact,
  trainTextModel,
  type Evaluation,
  type LabelGuide,
  type LabelledText,
} from '@tallyhouse/nlp';
import type { ArtifactStore } from '@tallyhouse/model-registry';
import { canonicalJson, merkleTree, sha256Hex, type Hex, type JsonObject } from '@tallyhouse/proofs';
import { CliError } from '../cli.errors.js';
import { artifactUri } from '../deploy/first-model.js';
import type { ProposableVersion } from '../governance/propose-version.js';
import { evaluationFigures } from './evaluation-figures.js';

/** Share of the texts, by date, that the report learns from; the rest is judged. */
const REPORT_SPLIT = 0.8;
const FEWEST_TEXTS = 40;

/** Root over the training texts: a Merkle tree of the SHA-256 of each text with its labels and date, in order of hash. */
export function trainingRoot(texts: readonly LabelledText[]): Hex {
  const leaves = texts.map(({ text, labels, date }) =>
    sha256Hex(new TextEncoder().encode(canonicalJson({ text, labels: [...labels], date }))),
  );
  return merkleTree(leaves.toSorted()).root;
}

function splitDateOf(texts: readonly LabelledText[]): string {
  const dates = texts.map(({ date }) => date).toSorted();
  const splitDate = dates[Math.floor(REPORT_SPLIT * dates.length)]!;
  if (texts.length < FEWEST_TEXTS || splitDate === dates[0]) {
    throw new CliError(
      `${texts.length} labelled texts of ${new Set(dates).size} dates are too few to train and to judge by`,
      `bring at least ${FEWEST_TEXTS} of several dates: --data <csv>, or correct labels first`,
    );
  }
  return splitDate;
}

/**
 * Trains a text model on all texts and writes its file and report into the store. The report judges the same recipe on
 * the last fifth of the texts by date, which it did not learn from there, beside the baseline.
 */
export async function trainTextCandidate(
  texts: readonly LabelledText[],
  options: { readonly guide: LabelGuide; readonly store: ArtifactStore; readonly dataBlock: number },
): Promise<ProposableVersion & { readonly evaluation: Evaluation }> {
  const splitDate = splitDateOf(texts);
  const { guide, store, dataBlock } = options;
  const evaluation = evaluateTexts(texts, { splitDate, guide, nowMs: () => performance.now() });
  const dataRoot = trainingRoot(texts);
  const { model } = trainTextModel(texts, guide);
  const artifactSha256 = await store.put(textModelArtifact(model, { dataRoot, dataBlock }));
  const report = {
    format: 'tallyhouse-text-report/1',
    artifactSha256,
    dataRoot,
    splitDate,
    ...evaluationFigures(evaluation),
  };
  const reportSha256 = await store.put(
    new TextEncoder().encode(canonicalJson(JSON.parse(JSON.stringify(report)) as JsonObject)),
  );
  return {
    family: INCIDENT_TEXT,
    forecaster: 'text label',
    artifactSha256,
    reportSha256,
    dataRoot,
    dataBlock,
    uri: artifactUri(artifactSha256),
    summary: summaryOf(evaluation, splitDate),
    evaluation,
  };
}

/** The figures that voters need, each also in the report whose hash is on chain. */
function summaryOf(
  { model, baseline, trainingTexts, evaluatedTexts }: Evaluation,
  splitDate: string,
): string {
  const row = (
    name: string,
    { macroF1, microF1, ece }: { macroF1: number; microF1: number; ece: number },
  ): string => `| ${name} | ${macroF1.toFixed(3)} | ${microF1.toFixed(3)} | ${ece.toFixed(3)} |`;
  return [
    `Learned from ${trainingTexts} texts before ${splitDate}, judged on ${evaluatedTexts} from then on.`,
    '',
    '| model | macro-F1 | micro-F1 | calibration error |',
    '| --- | --- | --- | --- |',
    row('this model', model),
    ...(baseline ? [row('TF-IDF and logistic regression', baseline)] : []),
  ].join('\n');
}
