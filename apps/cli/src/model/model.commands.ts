import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { FORECASTERS, LATENESS } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { CliError } from '../cli.errors.js';
import { proposeActivation, registerVersion, type ProposableVersion } from '../governance/propose-version.js';
import { trainLateness } from '../lateness/train-lateness.js';
import { localContext, type LocalContext } from '../local-context.js';
import { wholeNumber } from '../options.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { addEvaluateCommand } from './evaluate.command.js';
import { addOpenFamilyCommand } from './open-family.command.js';
import { addProposeCommand } from './propose.command.js';
import { shadowWords } from './shadow-words.js';
import { trainCandidate, type TrainedCandidate } from './train-candidate.js';

interface TrainCommandOptions {
  readonly stateDir: string;
  readonly forecaster: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly network: boolean;
  readonly licence?: string;
  readonly covariates?: string;
  readonly register: boolean;
  readonly propose: boolean;
  readonly withoutShadow: boolean;
}

/** `tallyhouse model train|show|propose|evaluate|open-family` */
export function addModelCommands(program: Command): void {
  const model = program.command('model').description('train a candidate model and put it to the vote');
  model
    .command('train')
    .description('train on what is anchored, evaluate beside the baselines, keep artifact and report by hash')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--forecaster <name>', `one of ${[...FORECASTERS, LATENESS].join(', ')}`, 'theta')
    .option('--seed <number>', 'seed of everything random', wholeNumber)
    .option('--steps <number>', 'training steps of a network', wholeNumber)
    .option('--no-network', 'leave the network out of an ensemble')
    .option('--covariates <names>', 'what tide is to take, joined by commas; all that partners said')
    .option('--licence <SPDX id>', 'licence that the artifact states')
    .option('--register', 'put it on chain, where it runs in shadow until it is proposed', false)
    .option('--propose', 'put it to the vote at once, which takes --without-shadow', false)
    .option('--without-shadow', 'propose it although nothing of it was scored; the proposal says so', false)
    .action(train);
  model
    .command('show <sha256>')
    .description("print an evaluation report or an artifact's size from the store, after checking its hash")
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(show);
  addProposeCommand(model);
  addEvaluateCommand(model);
  addOpenFamilyCommand(model);
}

async function train(options: TrainCommandOptions): Promise<void> {
  const isLateness = options.forecaster === LATENESS;
  if (options.propose && !options.withoutShadow && !isLateness)
    throw new CliError(
      'a version just trained has forecast nothing in shadow',
      'use --register now and ./tallyhouse model propose <hash> once it is scored, or add --without-shadow',
    );
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const { candidate, words } = isLateness
      ? await trainedLateness(context, options, dataSource)
      : await trainedForecaster(context, options, dataSource);
    process.stdout.write(`${words}\n`);
    if (!options.register && !options.propose) return;
    const versionId = await registerVersion(context, candidate);
    process.stdout.write(`version  ${versionId}\n`);
    if (!options.propose) {
      const next = `./tallyhouse model propose ${versionId}`;
      const until = isLateness ? 'put it to the vote' : 'it runs in shadow now; when it is scored';
      process.stdout.write(`  ${until}: ${next}\n`);
      return;
    }
    const shadow = isLateness ? undefined : shadowWords();
    const { proposalId } = await proposeActivation(context, candidate, shadow);
    process.stdout.write(`proposal ${proposalId}\n  vote: ./tallyhouse vote ${proposalId} for --as alice\n`);
  } finally {
    await dataSource.destroy();
  }
}

interface Trained {
  readonly candidate: ProposableVersion;
  readonly words: string;
}

async function trainedForecaster(
  context: LocalContext,
  { covariates, ...options }: TrainCommandOptions,
  dataSource: DataSource,
): Promise<Trained> {
  const names = covariates?.split(',').map((name) => name.trim());
  const candidate = await trainCandidate(context, {
    ...{ ...options, dataSource },
    ...(names ? { covariates: names } : {}),
  });
  return { candidate, words: candidateWords(candidate) };
}

async function trainedLateness(
  context: LocalContext,
  { licence }: TrainCommandOptions,
  dataSource: DataSource,
): Promise<Trained> {
  const candidate = await trainLateness(context, {
    dataSource,
    ...(licence === undefined ? {} : { licence }),
  });
  return { candidate, words: [...hashLines(candidate), candidate.summary].join('\n') };
}

async function show(sha256: string, options: { readonly stateDir: string }): Promise<void> {
  const { artifactFolder } = await localContext(options.stateDir);
  const name = (sha256.startsWith('0x') ? sha256 : `0x${sha256}`) as `0x${string}`;
  const bytes = await new FileArtifactStore(artifactFolder).get(name);
  const isReport = bytes[0] === '{'.charCodeAt(0);
  process.stdout.write(
    isReport
      ? `${Buffer.from(bytes).toString('utf8')}\n`
      : `model artifact of ${bytes.length} bytes, hash checked\n`,
  );
}

/** Hashes and the figures that voters look at, one line a model of the report. */
function candidateWords(candidate: TrainedCandidate): string {
  const figures = Object.entries(candidate.report.models).map(([label, { overall }]) => {
    const { mase, smape, coverage } = overall;
    return `  ${label.padEnd(28)} MASE ${number(mase)}  sMAPE ${number(smape)} %  coverage of 80 % ${number(coverage['0.8'] ?? null)}`;
  });
  return [...hashLines(candidate), ...figures].join('\n');
}

const hashLines = (candidate: Omit<ProposableVersion, 'summary'>): string[] => [
  `artifact ${candidate.artifactSha256}`,
  `report   ${candidate.reportSha256}`,
  `data     ${candidate.dataRoot} up to block ${candidate.dataBlock}`,
];

function number(value: number | null): string {
  return value === null ? 'none' : value.toFixed(3);
}
