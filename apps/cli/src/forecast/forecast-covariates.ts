import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  INTERVAL_LEVELS,
  parseChanges,
  readCovariateFile,
  tideForecaster,
  type CovariateFile,
  type CovariateHeard,
  type DatedRequest,
  type SeriesForecast,
} from '@tallyhouse/forecasting';

/** What is asked of a file with covariates. */
export interface CovariateOptions {
  /** Columns, joined by commas. */
  readonly covariates: string;
  /** Changes of the future, joined by commas. */
  readonly whatIf?: string;
}

/** Forecasts with covariates, beside them those of the plan as it is where a change was asked for. */
export interface CovariateForecasts {
  readonly file: CovariateFile;
  readonly heard: readonly CovariateHeard[];
  readonly forecasts: readonly SeriesForecast[];
  readonly plain: readonly SeriesForecast[] | undefined;
}

const SEED = 1;

/** Trains the network across the series of a file and forecasts them, the plan as it is or changed. */
export async function forecastWithCovariates(
  text: string,
  request: DatedRequest,
  { covariates, whatIf }: CovariateOptions,
): Promise<CovariateForecasts> {
  const names = covariates.split(',').map((name) => name.trim());
  const changes = whatIf === undefined ? undefined : parseChanges(whatIf);
  const file = readCovariateFile(text, request, names);
  const engine = await openEngine({ device: 'cpu' });
  try {
    const { horizon } = request;
    const fitted = await tideForecaster({ horizon }).fit(file.panel, { rng: seededRandom(SEED), engine });
    const plain = await fitted.predict(horizon, INTERVAL_LEVELS);
    if (!changes) return { file, heard: fitted.heard, forecasts: plain, plain: undefined };
    const forecasts = await fitted.whatIf(changes).predict(horizon, INTERVAL_LEVELS);
    return { file, heard: fitted.heard, forecasts, plain };
  } finally {
    await engine.close();
  }
}

/** What was read, what each covariate was worth, and what the change does in all. */
export function covariateWords({ file, heard, forecasts, plain }: CovariateForecasts, whatIf = ''): string[] {
  const { panel, period } = file;
  return [
    `${panel.series.length} series, ${period.toLowerCase()}, season of ${panel.seasonLength}`,
    ...heard.map(heardWords),
    ...forecasts.flatMap(({ id, method, fallback }) =>
      fallback ? [`${id}: ${method} instead of the network, ${fallback.reason}`] : [],
    ),
    ...(plain ? [changeWords(sumOf(plain), sumOf(forecasts), whatIf)] : []),
  ];
}

function heardWords({ name, gain, isHeard }: CovariateHeard): string {
  if (Number.isNaN(gain)) return `${name}: kept, there is too little to tell whether it helps`;
  if (!isHeard) return `${name}: left out, it did not help on values that training had not seen`;
  return `${name}: heard; with another's in its place the loss is ${(100 * gain).toFixed(0)} % higher`;
}

const sumOf = (forecasts: readonly SeriesForecast[]): number =>
  forecasts.reduce((sum, { mean }) => sum + mean.reduce((part, value) => part + value, 0), 0);

function changeWords(before: number, after: number, whatIf: string): string {
  const share =
    before === 0 ? '' : ` (${after >= before ? '+' : ''}${((100 * (after - before)) / before).toFixed(1)} %)`;
  return `${whatIf}: ${after.toPrecision(6)} over all series and steps, ${before.toPrecision(6)} as it is${share}`;
}
