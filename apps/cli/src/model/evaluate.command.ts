import type { Command } from 'commander';
import { isLatenessArtifact, readComparison } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { repeatedWords, repeatLateness } from '../lateness/repeat-lateness.js';
import { localContext, type LocalContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { repeatEvaluation, versionOf, type RepeatedEvaluation } from './repeat-evaluation.js';

const SHOWN = 20;

/** `tallyhouse model evaluate <hash>` */
export function addEvaluateCommand(model: Command): void {
  model
    .command('evaluate <hash>')
    .description(
      'measure a version again on the data here and compare with its report; ends with 1 on a difference',
    )
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(evaluate);
}

async function evaluate(hash: string, options: { readonly stateDir: string }): Promise<void> {
  const digits = /^(0x)?([0-9a-f]{64})$/i.exec(hash)?.[2];
  if (digits === undefined)
    throw new CliError(`${hash} is no hash`, 'give the 64 hexadecimal digits of the artifact');
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const { words, isSame } = await repeat(context, dataSource, `0x${digits.toLowerCase()}`);
    process.stdout.write(`${words}\n`);
    if (!isSame) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}

async function repeat(
  context: LocalContext,
  dataSource: DataSource,
  hash: Hex,
): Promise<{ readonly words: string; readonly isSame: boolean }> {
  const version = await versionOf(dataSource, hash);
  const bytes = await new FileArtifactStore(context.artifactFolder).get(version.artifact);
  if (isLatenessArtifact(bytes)) {
    const repeated = await repeatLateness(context, dataSource, version);
    return { words: repeatedWords(repeated), isSame: repeated.differences.length === 0 };
  }
  const repeated = await repeatEvaluation(context, dataSource, hash);
  return { words: wordsOf(repeated), isSame: repeated.differences.length === 0 };
}

/** What the version is, where its report calls it worse, what was compared and where it differs. */
export function wordsOf(repeated: RepeatedEvaluation): string {
  return [...versionLines(repeated), ...worseLines(repeated), comparedWords(repeated)].join('\n');
}

function versionLines({ version }: RepeatedEvaluation): string[] {
  return [
    `artifact ${version.artifactSha256}: ${version.forecaster}, ${version.bytes} bytes, licence ${version.licence ?? 'not stated'}`,
    `put forward by ${version.proposer}, on data ${version.dataRoot} up to block ${version.dataBlock}`,
  ];
}

/** Nothing where the report compares with no model that ran. */
function worseLines({ stated }: RepeatedEvaluation): string[] {
  const comparison = readComparison(stated);
  if (!comparison) return [];
  const worse = comparison.lines.filter(({ verdict }) => verdict === 'WORSE');
  if (worse.length === 0) return [`beside ${comparison.incumbent}: worse nowhere`];
  const lines = worse.map(
    ({ group, measure, candidate, incumbent }) =>
      `  ${group}: ${measure} ${candidate.toFixed(3)} instead of ${incumbent.toFixed(3)}`,
  );
  return [`beside ${comparison.incumbent}: worse in`, ...lines];
}

function comparedWords({ reportSha256, tolerance, stated, differences }: RepeatedEvaluation): string {
  const measured = `${stated.folds.length} origins, ${Object.keys(stated.models).length} models`;
  const said = `report ${reportSha256}: ${measured}, tolerance ${tolerance}`;
  if (differences.length === 0) return `${said}\nmeasured again: the same`;
  const lines = differences
    .slice(0, SHOWN)
    .map(({ path, stated: one, found }) => `  ${path}: stated ${show(one)}, found ${show(found)}`);
  const more = differences.length > SHOWN ? [`  … and ${differences.length - SHOWN} more`] : [];
  return [said, `measured again: ${differences.length} differ`, ...lines, ...more].join('\n');
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 80) ?? 'nothing');
}
