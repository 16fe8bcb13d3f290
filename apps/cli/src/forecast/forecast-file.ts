import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  forecastDated,
  forecastDatedHierarchy,
  hierarchyColumns,
  readDatedFile,
  readDatedHierarchy,
  runInThreads,
  type DatedForecast,
  type DatedRequest,
  type EnsembleOptions,
  type SeriesForecast,
} from '@tallyhouse/forecasting';
import { CliError } from '../cli.errors.js';
import { covariateWords, forecastWithCovariates } from './forecast-covariates.js';
import { writeForecasts, type ForecastRow, type ForecastTable } from './forecast-table.js';
import { readText } from './read-text.js';

export interface ForecastFileOptions {
  readonly input?: string;
  readonly horizon?: number;
  readonly out?: string;
  readonly season?: number;
  readonly id: string;
  readonly time: string;
  readonly value: string;
  /** Column that says of a period that stock ran out in it. */
  readonly stockout?: string;
  readonly threads?: number;
  readonly network?: true;
  /** Columns to sum up by, coarse to fine: `region/store`; a comma begins another way. */
  readonly hierarchy?: string;
  /** Columns of what is known of the future too, joined by commas. */
  readonly covariates?: string;
  /** Changes of covariates, as `price +10 %`. */
  readonly whatIf?: string;
}

const FIGURES = ['forecast', 'lo80', 'hi80', 'lo95', 'hi95'];
const SEED = 1;

/** `tallyhouse forecast --input <csv> --horizon <n>`: the ensemble's forecasts of any panel, as CSV or Parquet. */
export async function forecastFileOf(options: ForecastFileOptions): Promise<void> {
  const { input, horizon, season } = options;
  if (input === undefined || horizon === undefined)
    throw new CliError(
      `forecast needs ${input === undefined ? '--input' : '--horizon'}`,
      './tallyhouse forecast --input sales.csv --horizon 12, or one of the commands in ./tallyhouse forecast --help',
    );
  const text = await readText(input);
  const request = {
    horizon,
    columns: {
      ...{ id: options.id, time: options.time, value: options.value },
      ...(options.stockout !== undefined && { stockOut: options.stockout }),
    },
    ...(season === undefined ? {} : { seasonLength: season }),
  };
  const { table, said } = options.covariates
    ? await withCovariates(text, request, options, options.covariates)
    : await byEnsemble(text, request, options);
  await writeForecasts(table, options.out);
  process.stderr.write(`${said}\n`);
}

/** What is written to the file and what is said beside it. */
interface Answer {
  readonly table: ForecastTable;
  readonly said: string;
}

async function byEnsemble(
  text: string,
  request: DatedRequest,
  options: ForecastFileOptions,
): Promise<Answer> {
  if (options.whatIf !== undefined)
    throw new CliError('--what-if changes covariates', 'name them: --covariates price,promotion');
  const engine = options.network ? await openEngine({ device: 'cpu' }) : undefined;
  try {
    const made = await forecasts(text, request, options.hierarchy, {
      runner: runInThreads(options.threads),
      ...(engine && { network: { engine, random: seededRandom(SEED) } }),
    });
    return { table: { figures: FIGURES, rows: made.flatMap(rowsOf) }, said: words(made) };
  } finally {
    await engine?.close();
  }
}

async function withCovariates(
  text: string,
  request: DatedRequest,
  { hierarchy, whatIf }: ForecastFileOptions,
  covariates: string,
): Promise<Answer> {
  if (hierarchy !== undefined)
    throw new CliError('--covariates and --hierarchy do not go together', 'leave one of them out');
  const made = await forecastWithCovariates(text, request, { covariates, ...(whatIf && { whatIf }) });
  const rows = made.forecasts.flatMap((forecast, at) =>
    numbersOf(forecast).map((numbers, step): ForecastRow => {
      const plain = made.plain?.[at]?.mean[step];
      const beside = plain === undefined ? [] : [plain, forecast.mean[step]! - plain].map(shortened);
      return [forecast.id, made.file.timeOf(forecast.id, step + 1), step + 1, ...numbers, ...beside];
    }),
  );
  const figures = made.plain ? [...FIGURES, 'plain', 'change'] : FIGURES;
  return { table: { figures, rows }, said: shortList(covariateWords(made, whatIf)) };
}

function forecasts(
  text: string,
  request: Parameters<typeof readDatedFile>[1],
  hierarchy: string | undefined,
  ensemble: EnsembleOptions,
): Promise<DatedForecast[]> {
  return hierarchy === undefined
    ? forecastDated(readDatedFile(text, request), ensemble)
    : forecastDatedHierarchy(readDatedHierarchy(text, request, hierarchyColumns(hierarchy)), ensemble);
}

const rowsOf = ({ series, forecast }: DatedForecast): ForecastRow[] =>
  numbersOf(forecast).map((numbers, at) => [series.id, series.timeOf(at + 1), at + 1, ...numbers]);

/** Of each step: the mean and the bounds of both intervals. */
function numbersOf({ mean, quantiles }: SeriesForecast): number[][] {
  const [low95, low80, , high80, , high95] = quantiles;
  return Array.from(mean, (value, at) =>
    [value, low80![at]!, high80![at]!, low95![at]!, high95![at]!].map(shortened),
  );
}

/** Ten digits are more than a forecast can bear, and hide what the last bit of a sum does. */
const shortened = (value: number): number => Number(value.toPrecision(10));

/** Said beside the forecasts: what was read, and where a simpler method stood in. */
function words(made: readonly DatedForecast[]): string {
  const [first] = made;
  const { period, seasonLength } = first!.series;
  const missing = made.reduce((sum, { series }) => sum + series.train.filter(Number.isNaN).length, 0);
  const said = [
    `${made.length} series, ${period.toLowerCase()}, season of ${seasonLength}; ${missing} missing values`,
    ...reconciledWords(first!),
    ...made.flatMap(({ series, forecast }) =>
      forecast.fallback
        ? [`${series.id}: ${forecast.method} instead of the ensemble, ${forecast.fallback.reason}`]
        : [],
    ),
  ];
  return shortList(said);
}

const shortList = (said: readonly string[]): string =>
  said.length > MOST_LINES
    ? [...said.slice(0, MOST_LINES), `and ${said.length - MOST_LINES} more`].join('\n')
    : said.join('\n');

function reconciledWords({ forecast: { reconciled } }: DatedForecast): string[] {
  if (!reconciled) return [];
  return [
    `sums and parts add up, by ${reconciled.method === 'mint' ? 'the errors of each at past origins (MinT)' : `number of parts: ${reconciled.reason}`}`,
  ];
}

const MOST_LINES = 20;
