import { writeFile } from 'node:fs/promises';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import {
  FORECAST_HEADER,
  forecastFile,
  forecastLines,
  memberSeconds,
  readPanelFile,
  runInThreads,
  scoreForecasts,
  withBenchmarks,
  type ClassForecasts,
  type EnsembleOptions,
  type EnsemblePhase,
} from '@tallyhouse/forecasting';
import { CliError } from '../cli.errors.js';
import { figuresTable, weightsLine } from './backtest-words.js';
import { readText } from './read-text.js';

export interface BacktestFileOptions {
  readonly input: string;
  readonly out?: string;
  readonly threads?: number;
  /** False where no network is to be trained. */
  readonly network: boolean;
  readonly seed: number;
}

/** Milliseconds by phase, told by the ensemble. */
class PhaseClock {
  readonly spentMs: Record<EnsemblePhase, number> = { members: 0, network: 0, weights: 0 };
  private running: EnsemblePhase | undefined;
  private since = 0;

  begin(phase?: EnsemblePhase): void {
    const now = performance.now();
    if (this.running) this.spentMs[this.running] += now - this.since;
    this.running = phase;
    this.since = now;
  }
}

function optionsOf(
  options: BacktestFileOptions,
  engine: Engine | undefined,
  clock: PhaseClock,
): EnsembleOptions {
  return {
    runner: runInThreads(options.threads),
    onPhase: (phase) => clock.begin(phase),
    ...(engine && { network: { engine, random: seededRandom(options.seed) } }),
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Six digits are more than any of these figures can bear. */
const rounded = (value: number): number => Number(value.toPrecision(6));

function report(classes: readonly ClassForecasts[], clock: PhaseClock): void {
  const all = classes.flatMap(withBenchmarks);
  const periods = [...new Set(all.map(({ series }) => series.period))];
  const byPeriod = Object.fromEntries(
    periods.map((period) => [period, scoreForecasts(all.filter(({ series }) => series.period === period))]),
  );
  for (const [period, figures] of Object.entries(byPeriod)) {
    say(figuresTable(period, figures));
    for (const { kind, weights } of classes) {
      if (kind.period !== period) continue;
      for (const [demand, named] of Object.entries(weights)) say(weightsLine(demand, named));
    }
  }
  const total = scoreForecasts(all);
  say(figuresTable('all', total));
  const per1000 = (ms: number): number => ms / all.length;
  const seconds = {
    ensemble: per1000(clock.spentMs.members + clock.spentMs.weights),
    networkTraining: per1000(clock.spentMs.network),
    members: Object.fromEntries(
      classes.map(({ kind }) => [
        kind.period,
        Object.fromEntries(memberSeconds(kind, () => performance.now())),
      ]),
    ),
  };
  say('seconds per 1,000 series');
  say(
    `  ensemble ${seconds.ensemble.toFixed(2)} (${(1000 / seconds.ensemble).toFixed(0)} series/s); training of networks ${seconds.networkTraining.toFixed(2)}`,
  );
  for (const [period, members] of Object.entries(seconds.members)) {
    const parts = Object.entries(members).map(([name, value]) => `${name} ${value.toFixed(2)}`);
    say(`  ${period}, one origin, one thread: ${parts.join(', ')}`);
  }
  const figures = { series: all.length, all: total, byPeriod, secondsPer1000: seconds };
  say(JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? rounded(value) : value)));
}

/** `tallyhouse forecast backtest`: forecasts the `test` part of every series from its `train` part. */
export async function backtestFile(options: BacktestFileOptions): Promise<void> {
  const series = readPanelFile(await readText(options.input));
  const untested = series.find(({ test }) => test.length === 0);
  if (untested) {
    throw new CliError(
      `series ${untested.id} of ${options.input} has no test values`,
      'give a column test with h values, joined by ;',
    );
  }
  const engine = options.network ? await openEngine({ device: 'cpu' }) : undefined;
  const clock = new PhaseClock();
  try {
    const classes = await forecastFile(series, () => optionsOf(options, engine, clock));
    clock.begin();
    if (options.out) {
      const lines = classes.flatMap(({ kind, forecasts }) =>
        kind.series.flatMap((one, at) => forecastLines(one, forecasts[at]!)),
      );
      await writeFile(options.out, `${[FORECAST_HEADER, ...lines].join('\n')}\n`);
    }
    report(classes, clock);
  } finally {
    await engine?.close();
  }
}
