import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { proposeActivation, registerVersion } from '../governance/propose-version.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { parametersInForce } from './parameter-file.js';
import { evaluateAlone, evaluateHere, type EvaluatedParameters } from './evaluate-parameters.js';

interface EvaluateCommandOptions {
  readonly input?: string;
  readonly labels?: string;
  readonly only?: string;
  readonly stateDir: string;
  readonly out?: string;
  readonly register: boolean;
  readonly propose: boolean;
}

/** `tallyhouse anomaly evaluate <file|hash>` */
export function addEvaluateCommand(group: Command): void {
  group
    .command('evaluate <file>')
    .description(
      'hold parameters, in a file or by their hash, against what people labelled and those in force',
    )
    .option('--input <folder>', 'labelled CSV files as for score, besides the labels of the running world')
    .option('--labels <json>', 'windows of each of these files')
    .option('--only <files>', 'only these files of the labels, joined by commas')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--out <folder>', 'keep artifact and report there; no running world is needed or read')
    .option('--register', 'put them on chain, to be proposed later', false)
    .option('--propose', 'put them on chain and to the vote at once', false)
    .action(evaluate);
}

async function evaluate(file: string, options: EvaluateCommandOptions): Promise<void> {
  if ((options.input === undefined) !== (options.labels === undefined))
    throw new CliError('--input and --labels belong together', 'give both, or neither');
  const { input, labels, only, out } = options;
  const folder =
    input === undefined || labels === undefined ? undefined : { input, labels, ...(only ? { only } : {}) };
  if (out !== undefined) {
    if (options.register || options.propose)
      throw new CliError(
        '--out excludes --register and --propose',
        'leave out --out: the running world keeps the files',
      );
    say(await evaluateAlone(file, out, folder));
    return;
  }
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const candidate = await evaluateHere(file, { context, dataSource, folder });
    say(candidate);
    if (!options.register && !options.propose) return;
    if (candidate.artifactSha256 === (await parametersInForce(dataSource, context.artifactFolder)).version)
      throw new CliError(
        `${candidate.artifactSha256} is what judges already`,
        'change a number first: ./tallyhouse anomaly parameters --running --set <name=value> --out <json>',
      );
    const versionId = await registerVersion(context, candidate);
    process.stdout.write(`version  ${versionId}\n`);
    if (!options.propose) {
      process.stdout.write(`  propose: ./tallyhouse model propose ${versionId}\n`);
      return;
    }
    const { proposalId } = await proposeActivation(context, candidate);
    process.stdout.write(`proposal ${proposalId}\n  vote: ./tallyhouse vote ${proposalId} for --as alice\n`);
  } finally {
    await dataSource.destroy();
  }
}

function say({ artifactSha256, reportSha256, summary }: EvaluatedParameters): void {
  process.stdout.write(`artifact ${artifactSha256}\nreport   ${reportSha256}\n${summary}\n`);
}
