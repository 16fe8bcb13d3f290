import { writeFile } from 'node:fs/promises';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import { forecastDated, readDatedFile, runInThreads, type DatedForecast } from '@tallyhouse/forecasting';
import { CliError } from '../cli.errors.js';
import { readText } from './read-text.js';

export interface ForecastFileOptions {
  readonly input?: string;
  readonly horizon?: number;
  readonly out?: string;
  readonly season?: number;
  readonly id: string;
  readonly time: string;
  readonly value: string;
  readonly threads?: number;
  readonly network?: true;
}

const HEADER = 'id,time,step,forecast,lo80,hi80,lo95,hi95';
const SEED = 1;

/** `tallyhouse forecast --input <csv> --horizon <n>`: the ensemble's forecasts of any panel, as CSV. */
export async function forecastFileOf(options: ForecastFileOptions): Promise<void> {
  const { input, horizon, season } = options;
  if (input === undefined || horizon === undefined)
    throw new CliError(
      `forecast needs ${input === undefined ? '--input' : '--horizon'}`,
      './tallyhouse forecast --input sales.csv --horizon 12, or one of the commands in ./tallyhouse forecast --help',
    );
  const series = readDatedFile(await readText(input), {
    horizon,
    columns: { id: options.id, time: options.time, value: options.value },
    ...(season === undefined ? {} : { seasonLength: season }),
  });
  const engine = options.network ? await openEngine({ device: 'cpu' }) : undefined;
  try {
    const made = await forecastDated(series, {
      runner: runInThreads(options.threads),
      ...(engine && { network: { engine, random: seededRandom(SEED) } }),
    });
    const csv = `${[HEADER, ...made.flatMap(linesOf)].join('\n')}\n`;
    if (options.out === undefined) process.stdout.write(csv);
    else await writeFile(options.out, csv);
    process.stderr.write(`${words(made)}\n`);
  } finally {
    await engine?.close();
  }
}

function linesOf({ series, forecast }: DatedForecast): string[] {
  const [low95, low80, , high80, , high95] = forecast.quantiles;
  return [...forecast.mean].map((mean, at) => {
    const numbers = [mean, low80![at]!, high80![at]!, low95![at]!, high95![at]!].map(shortened);
    return [series.id, series.timeOf(at + 1), at + 1, ...numbers].join(',');
  });
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
    ...made.flatMap(({ series, forecast }) =>
      forecast.fallback
        ? [`${series.id}: ${forecast.method} instead of the ensemble, ${forecast.fallback.reason}`]
        : [],
    ),
  ];
  return said.length > MOST_LINES
    ? [...said.slice(0, MOST_LINES), `and ${said.length - MOST_LINES} more`].join('\n')
    : said.join('\n');
}

const MOST_LINES = 20;
