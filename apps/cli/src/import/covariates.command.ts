import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { ForecastingError } from '@tallyhouse/forecasting';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { importCovariates } from './import-covariates.js';
import { DEFAULT_PARTNER, partnerOf, SHOWN_REFUSALS } from './partner-option.js';

const MAX_BYTES = 64 * 1024 * 1024;

interface CovariatesOptions {
  readonly stateDir: string;
  readonly partner: string;
}

/** `tallyhouse import covariates` */
export function addCovariatesCommand(group: Command): void {
  group
    .command('covariates <csv>')
    .description(
      'what prices, promotions and stock-outs were or will be: covariate,product,site,from,to,value,said',
    )
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--partner <index or address>', 'in whose name', DEFAULT_PARTNER)
    .action(covariates);
}

async function covariates(file: string, options: CovariatesOptions): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > MAX_BYTES)
    throw new CliError(
      found?.isFile()
        ? `${file} has ${found.size} bytes, at most ${MAX_BYTES} are read`
        : `${file} cannot be read`,
      'give the path of a CSV with the columns covariate,product,site,from,to,value,said',
    );
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const partner = partnerOf(context, options.partner);
    const text = await readFile(file, 'utf8');
    const { kept, refused } = await importCovariates(text, { dataSource, partner, now: new Date() });
    for (const { line, field, reason } of refused.slice(0, SHOWN_REFUSALS))
      process.stderr.write(`line ${line}: ${field}: ${reason}\n`);
    if (refused.length > 0)
      throw new CliError(
        `${refused.length} rows cannot be kept, so nothing was`,
        'correct them and import the file again',
      );
    process.stdout.write(`${kept} ${kept === 1 ? 'statement' : 'statements'} kept\n`);
  } catch (error) {
    if (!(error instanceof ForecastingError)) throw error;
    throw new CliError(error.message, 'nothing was kept; correct the file and import it again');
  } finally {
    await dataSource.destroy();
  }
}
