import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { parameterLines, SHIPPED_PARAMETERS, type AnomalyParameterSet } from '@tallyhouse/anomalies';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { openParameters, parametersInForce, withChanges } from './parameter-file.js';

interface ParametersOptions {
  readonly from?: string;
  readonly running: boolean;
  readonly stateDir: string;
  readonly set: readonly string[];
  readonly out?: string;
}

/** `tallyhouse anomaly parameters` */
export function addParametersCommand(group: Command): void {
  group
    .command('parameters')
    .description('print, check or change the parameters of the detectors; without more those of the program')
    .option('--from <file>', 'check this file, and go on from it')
    .option('--running', 'go on from the version in force', false)
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--set <name=value>', 'change a number; may be said again', collect, [])
    .option('--out <json>', 'write them there, to be edited')
    .action(parameters);
}

async function parameters(options: ParametersOptions): Promise<void> {
  const set = withChanges(await startingPoint(options), options.set);
  const lines = parameterLines(set).map(
    ({ name, value, least, most, meaning }) =>
      `${name.padEnd(34)} ${String(value).padStart(8)}  (${least} to ${most})  ${meaning}`,
  );
  process.stdout.write(`${[...lines, `SHA-256 ${set.version}`].join('\n')}\n`);
  if (options.out === undefined) return;
  const file: unknown = JSON.parse(new TextDecoder().decode(set.toBytes()));
  await writeFile(options.out, `${JSON.stringify(file, null, 2)}\n`);
  process.stdout.write(
    `written: ${options.out}\n  hold it against labels: ./tallyhouse anomaly evaluate ${options.out}\n`,
  );
}

async function startingPoint({ from, running, stateDir }: ParametersOptions): Promise<AnomalyParameterSet> {
  if (from !== undefined) return openParameters(from, undefined);
  if (!running) return SHIPPED_PARAMETERS;
  const context = await localContext(stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    return await parametersInForce(dataSource, context.artifactFolder);
  } finally {
    await dataSource.destroy();
  }
}

function collect(change: string, before: readonly string[]): string[] {
  if (!change.includes('=')) throw new InvalidArgumentError('write it as readings.alarmNovelty=3');
  return [...before, change];
}
