import type { Command } from 'commander';
import { evaluateTexts, NO_GUIDE, type Evaluation, type MethodFigures } from '@tallyhouse/nlp';
import { CliError } from '../cli.errors.js';
import { evaluationFigures, methodFigures } from './evaluation-figures.js';
import { GUIDE_NAMES, guideNamed } from './guide-option.js';
import { readLabelled } from './read-labelled.js';

export interface EvaluateCommandOptions {
  readonly data: string;
  readonly text: string;
  readonly label: string;
  readonly date: string;
  readonly splitDate: string;
  readonly guide: string;
  readonly baseline: boolean;
  readonly withoutGuide: boolean;
}

const nowMs = (): number => performance.now();

/** `tallyhouse nlp evaluate` */
export function addEvaluateCommand(group: Command): void {
  group
    .command('evaluate')
    .description(
      'train on texts before a date, judge on those from it on, beside a baseline; last line is JSON',
    )
    .requiredOption('--data <csv>', 'labelled texts, CSV, plain or .gz')
    .option('--text <columns>', 'column of the text, or several, the heading first', 'summary')
    .option('--label <column>', 'column of the labels, joined by ";"', 'reasons')
    .option('--date <column>', 'column of the date', 'start_date')
    .requiredOption('--split-date <date>', 'first date that is judged, as 2020-01-01')
    .option('--guide <name>', `what is known of the labels beforehand: ${GUIDE_NAMES}`, 'auto')
    .option('--no-baseline', 'leave out the baseline')
    .option('--without-guide', 'also train without the guide, to see what it brings', false)
    .action(evaluate);
}

async function evaluate(options: EvaluateCommandOptions): Promise<void> {
  const { data, text, label, date, splitDate } = options;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(splitDate) || Number.isNaN(Date.parse(splitDate)))
    throw new CliError(`--split-date ${splitDate} is no date`, 'write it as 2020-01-01');
  const { texts, skipped } = await readLabelled(data, { text, label, date });
  const before = texts.filter((row) => row.date < splitDate);
  if (before.length === texts.length)
    throw new CliError(`no text has a date from ${splitDate} on`, 'choose an earlier --split-date');
  const guide = guideNamed(options.guide, [...new Set(before.flatMap((row) => row.labels))]);
  const found = evaluateTexts(texts, { splitDate, guide, withBaseline: options.baseline, nowMs });
  const bare = options.withoutGuide
    ? evaluateTexts(texts, { splitDate, guide: NO_GUIDE, withBaseline: false, nowMs }).model
    : null;
  process.stdout.write(`${tableOf(found, skipped)}\n`);
  process.stdout.write(`${JSON.stringify(jsonOf(options, found, skipped, bare))}\n`);
}

function jsonOf(
  { text, label, splitDate }: EvaluateCommandOptions,
  found: Evaluation,
  skippedRows: number,
  bare: MethodFigures | null,
) {
  return {
    text,
    label,
    splitDate,
    skippedRows,
    ...evaluationFigures(found),
    modelWithoutGuide: bare && methodFigures(bare),
  };
}

function tableOf(found: Evaluation, skipped: number): string {
  const { model, baseline, trained, labels } = found;
  const line = (
    name: string,
    { macroF1, microF1, meanAveragePrecision, ece }: Omit<MethodFigures, 'trainingSeconds'>,
  ) =>
    `  ${name.padEnd(34)} ${[macroF1, microF1, meanAveragePrecision, ece].map((value) => value.toFixed(3).padStart(9)).join('')}`;
  const rows = labels.map((label, at) => {
    const { support, f1 } = model.byLabel[at]!;
    const peer = baseline ? baseline.byLabel[at]!.f1.toFixed(3) : '-';
    return `  ${label.padEnd(44)} ${String(support).padStart(5)} ${f1.toFixed(3).padStart(8)} ${peer.padStart(9)}`;
  });
  return [
    `${found.trainingTexts} texts to learn from (${found.nearDuplicatesLeftOut} more left out: told again after the split),`,
    `${found.evaluatedTexts} to judge by, ${skipped} rows without label or text`,
    `  ${''.padEnd(34)} ${['macro-F1', 'micro-F1', 'mAP', 'ECE'].map((name) => name.padStart(9)).join('')}`,
    line('this model', model),
    ...(baseline ? [line('TF-IDF + logistic regression', baseline)] : []),
    line('(this model, held out in training)', trained.heldOut),
    `trained in ${model.trainingSeconds.toFixed(1)} s, labels ${model.textsPerSecond} texts/s`,
    `  ${'F1 by label'.padEnd(44)} texts    model  baseline`,
    ...rows,
  ].join('\n');
}
