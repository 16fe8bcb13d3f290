import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { classify, explain, textModelFrom } from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { CliError } from '../cli.errors.js';
import { wholeNumber } from '../options.js';

interface LabelCommandOptions {
  readonly model: string;
  readonly words: number;
}

/** `tallyhouse nlp label` */
export function addLabelCommand(group: Command): void {
  group
    .command('label <text>')
    .description('label one text by a model file, and say which words carried it; prints JSON')
    .requiredOption('--model <file>', 'a file that `nlp train` wrote')
    .option('--words <number>', 'words to show of each label', wholeNumber, 8)
    .action(label);
}

async function label(text: string, { model: path, words }: LabelCommandOptions): Promise<void> {
  const bytes = await readFile(path).catch(() => {
    throw new CliError(
      `${path} cannot be read`,
      'give the path of a file that `./tallyhouse nlp train` wrote',
    );
  });
  const model = textModelFrom(bytes);
  const found = classify(model, text);
  const shown =
    found.labels.length > 0 ? found.labels : found.probabilities.slice(0, 1).map((one) => one.label);
  const explanations = shown.map((name) => {
    const { logOdds, bias, contributions } = explain(model, text, name);
    const carried = contributions.slice(0, words).map(({ kind, words: said, evidenceFor, weight }) => ({
      words: said,
      ...(evidenceFor === null ? {} : { evidenceFor }),
      kind,
      weight: Number(weight.toFixed(3)),
    }));
    return { label: name, logOdds: Number(logOdds.toFixed(3)), bias: Number(bias.toFixed(3)), carried };
  });
  process.stdout.write(
    `${JSON.stringify({ artifactSha256: sha256Hex(bytes), ...found, explanations }, null, 2)}\n`,
  );
}
