import type { Command } from 'commander';
import {
  SeriesRefreshService,
  scmsMonthlyBacktest,
  type MonthlyQuantity,
  type ScmsMonthlyResult,
} from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';
import { stateDirOption } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { localContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { wholeNumber } from '../options.js';
import { connect } from '../up/seed.js';
import { backtestFile } from './backtest-file.js';
import { forecastProgress } from './forecast-progress.js';
import { forecastFileOf } from './forecast-file.js';
import { leadTimeOfFile } from './lead-time-file.js';

const LAST_MONTH = '2015-09';

/** `tallyhouse forecast`, with `backtest`, `lead-time`, `progress` and `scms-monthly` below it */
export function addForecastCommands(program: Command): void {
  const forecast = program
    .command('forecast')
    .description('forecast the series of a file, or evaluate forecasts (see the commands below)')
    // What stands after the name of a command below belongs to that one.
    .enablePositionalOptions()
    .option('--input <csv>', 'one observation a row, columns id, time and value; plain or gzip')
    .option('--horizon <n>', 'periods to forecast', wholeNumber)
    .option(
      '--out <file>',
      'write the forecasts there instead of to the screen: .parquet as Parquet, else CSV',
    )
    .option(
      '--season <n>',
      'periods of a season (default: by the spacing: 24 hours, 7 days, 12 months ...)',
      wholeNumber,
    )
    .option('--id <column>', 'name of the column of ids; a file without it is one series', 'id')
    .option('--time <column>', 'name of the column of moments', 'time')
    .option('--value <column>', 'name of the column of values', 'value')
    .option(
      '--stockout <column>',
      'column with 1 where stock ran out: what was sold then is the least that was wanted, not the demand',
    )
    .option('--threads <n>', 'threads for the statistical methods (default: one a processor)', wholeNumber)
    .option(
      '--hierarchy <columns>',
      'forecast sums as well, so that all add up: region/store by region and store, a comma for another way',
    )
    .option(
      '--covariates <columns>',
      'columns known of the future too, joined by commas: price,promotion; rows with an empty value hold the plan',
    )
    .option('--what-if <changes>', 'change covariates from the end on: "price +10 %, promotion = 1"')
    .option('--network', 'train a network across the series as well')
    .action(forecastFileOf);
  forecast
    .command('backtest')
    .description(
      'forecast the test part of every series of a CSV from its train part, and score it beside Naive2',
    )
    .requiredOption(
      '--input <csv>',
      'columns id, period, type, m, h, train, test; values joined by ";"; may be gzip',
    )
    .option('--out <csv>', 'write id, step, forecast and the bounds of the 80 and 95 % intervals')
    .option('--threads <n>', 'threads for the statistical methods (default: one a processor)', wholeNumber)
    .option('--no-network', 'train no network across the series')
    .option('--seed <n>', 'of the network', wholeNumber, 1)
    .action(backtestFile);
  forecast
    .command('lead-time')
    .description('SCMS delivery history: how likely a line comes late, and when, beside two baselines')
    .requiredOption('--input <csv>', 'the SCMS delivery history, plain or gzip')
    .option('--out <csv>', 'write id, probability, outcome and days after the promise')
    .option('--split <day>', 'learn from what was written down before it', '2014-01-01')
    .option('--notice <days>', 'days before the promised day at which the question is asked', wholeNumber, 30)
    .action(leadTimeOfFile);
  forecast
    .command('progress')
    .description('runs over many series: how far the workers are, and when they are expected to be done')
    .addOption(stateDirOption())
    .action(forecastProgress);
  forecast
    .command('scms-monthly')
    .description('imported SCMS history: total quantity a month, one step ahead over 2014-01..2015-09')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .action(scmsMonthly);
}

async function scmsMonthly(options: { readonly stateDir: string }): Promise<void> {
  const { databaseUrl } = await localContext(options.stateDir);
  const dataSource = await connect(databaseUrl);
  try {
    // The worker refreshes a moment after the last event is indexed; a figure must not rest on half of the history.
    await new SeriesRefreshService(dataSource).refresh();
    const months = await receivedByMonth(dataSource);
    if (months.length === 0) {
      throw new CliError(
        'no SCMS deliveries are indexed',
        'import them first: ./tallyhouse import scms <csv>',
      );
    }
    process.stdout.write(`${words(await scmsMonthlyBacktest(months))}\n`);
  } finally {
    await dataSource.destroy();
  }
}

/** Units received a month, from the observations that anchored events became. */
function receivedByMonth(dataSource: DataSource): Promise<MonthlyQuantity[]> {
  return dataSource.query(
    `SELECT to_char(o.period_start AT TIME ZONE 'UTC', 'YYYY-MM') AS month, sum(o.value) AS quantity
     FROM observation o JOIN series s ON s.id = o.series_id
     WHERE s.measure = 'RECEIVED' AND s.frequency = 'MONTHLY' AND s.grain = 'TOTAL'
       AND to_char(o.period_start AT TIME ZONE 'UTC', 'YYYY-MM') <= $1
     GROUP BY 1 ORDER BY 1`,
    [LAST_MONTH],
  );
}

function words({ months, chosen, rule, smape, test }: ScmsMonthlyResult): string {
  const figures = Object.entries(smape).map(
    ([name, value]) => `  ${name.padEnd(16)} sMAPE ${value.toFixed(2)} %`,
  );
  const summary = { months: months.count, origins: test.folds.length, chosen, smape };
  return [
    `${months.count} months, ${months.first} to ${months.last}; ${test.folds.length} origins, one step ahead`,
    `chosen on the months before the test (${rule}): ${chosen}`,
    ...figures,
    JSON.stringify(summary),
  ].join('\n');
}
