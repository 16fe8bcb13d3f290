import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { checkScans, type CheckedScan } from './check-scans.js';

const SHOWN = 20;

/** `tallyhouse anomaly check` */
export function addCheckCommand(group: Command): void {
  group
    .command('check')
    .description(
      'judge every series again by the voted file, compare with the rows; ends with 1 on a difference',
    )
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(check);
}

async function check({ stateDir }: { readonly stateDir: string }): Promise<void> {
  const { databaseUrl, artifactFolder } = await localContext(stateDir);
  const dataSource = await connect(databaseUrl);
  try {
    const scans = await checkScans(dataSource, artifactFolder);
    if (scans.length === 0)
      throw new CliError('no series were scanned yet', 'wait until a whole period is anchored and scanned');
    process.stdout.write(`${scans.flatMap(linesOf).join('\n')}\n`);
    if (scans.some(({ state }) => state === 'DIFFERENT')) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}

function linesOf({
  measure,
  frequency,
  rows,
  state,
  modelVersion,
  asOfBlock,
  differences,
}: CheckedScan): string[] {
  const head = `${measure} ${frequency}: ${rows} rows, scanned at block ${asOfBlock} by ${modelVersion}`;
  if (state === 'GROWN') return [`${head}\n  series have grown since; try again after the next scan`];
  if (state === 'SAME') return [`${head}\n  judged again: the same`];
  const more = differences.length > SHOWN ? [`  … and ${differences.length - SHOWN} more`] : [];
  const shown = differences.slice(0, SHOWN).map((one) => `  ${one}`);
  return [`${head}\n  judged again: ${differences.length} differ`, ...shown, ...more];
}
