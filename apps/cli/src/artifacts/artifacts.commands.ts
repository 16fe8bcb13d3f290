import type { Command } from 'commander';
import { repairAll, survey, VotedFilesReader, type ArtifactStanding } from '@tallyhouse/model-registry';
import { stateDirOption, withDatabase } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { configuredStores, storeCalled } from './stores.js';

interface Options {
  readonly stateDir: string;
}

interface CheckOptions extends Options {
  readonly json: boolean;
}

/** `tallyhouse artifacts check|repair|copy` */
export function addArtifactsCommands(program: Command): void {
  const artifacts = program
    .command('artifacts')
    .description('models and reports in the stores that ARTIFACT_STORES names: read all, mend, copy');
  artifacts
    .command('check')
    .description(
      'read every artifact in every store, also those that the chain names; ends with 1 when one is not good or was not looked at',
    )
    .option('--json', 'one line of JSON an artifact', false)
    .addOption(stateDirOption())
    .action(check);
  artifacts
    .command('repair')
    .description('put what is good in one store into those that lack it or have it altered')
    .addOption(stateDirOption())
    .action(repair);
  artifacts
    .command('copy <from> <to>')
    .description('copy every artifact of one store into another: file, or host/bucket')
    .addOption(stateDirOption())
    .action(copy);
}

async function check({ stateDir, json }: CheckOptions): Promise<void> {
  let [all, bad] = [0, 0];
  for await (const standing of standings({ stateDir })) {
    all += 1;
    const isGood = standing.kept.every(({ state }) => state === 'GOOD');
    if (!isGood) bad += 1;
    if (json) process.stdout.write(`${JSON.stringify(standing)}\n`);
    else if (!isGood) process.stdout.write(`${words(standing)}\n`);
  }
  if (!json) process.stdout.write(`${all} artifacts, ${all - bad} good in every store\n`);
  if (bad > 0) process.exitCode = 1;
}

async function repair({ stateDir }: Options): Promise<void> {
  const stores = configuredStores(stateDir);
  let [mended, left] = [0, 0];
  for await (const standing of standings({ stateDir })) {
    const { repaired, problems } = await repairAll(stores, standing);
    mended += repaired.length;
    const unknown = standing.kept.filter(({ state }) => state === 'UNKNOWN').length;
    left += problems.length + unknown;
    for (const store of repaired) process.stdout.write(`${standing.sha256} put into ${store}\n`);
    for (const problem of problems) process.stdout.write(`${standing.sha256} ${problem}\n`);
  }
  process.stdout.write(`${mended} put where they were missing or altered, ${left} could not be\n`);
  if (left > 0) process.exitCode = 1;
}

async function copy(from: string, to: string, { stateDir }: Options): Promise<void> {
  const stores = configuredStores(stateDir);
  const [source, target] = [storeCalled(stores, from), storeCalled(stores, to)];
  if (source === target) throw new CliError(`${from} and ${to} are one store`, 'name two');
  let copied = 0;
  for await (const sha256 of source.store.list()) {
    // The store checks what it gives, so that nothing altered is spread.
    await target.store.put(await source.store.get(sha256));
    copied += 1;
  }
  process.stdout.write(`${copied} artifacts of ${source.name} are in ${target.name}\n`);
}

/** What was not asked may be bad: the command ends with 1 when the database or a store gives no list. */
async function* standings({ stateDir }: Options): AsyncGenerator<ArtifactStanding> {
  const stores = configuredStores(stateDir);
  const needed = await withDatabase({ stateDir }, (dataSource) =>
    new VotedFilesReader(dataSource).hashes(),
  ).catch(() => {
    process.exitCode = 1;
    process.stderr.write(
      'no database can be asked what the chain names: only what some store lists is looked at\n',
    );
    return [];
  });
  yield* survey(stores, needed, (store, problem) => {
    process.exitCode = 1;
    process.stderr.write(`${store}: ${problem}\n`);
  });
}

function words({ sha256, kept }: ArtifactStanding): string {
  return `${sha256} ${kept.map(({ store, state }) => `${store} ${state.toLowerCase()}`).join(', ')}`;
}
