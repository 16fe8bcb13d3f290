import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { watchRecord, type LossWindow } from '@tallyhouse/forecasting';

const DAY_MS = 86_400_000;
const WINDOWS = 400;
const SERIES = 8;
/** The window from which on a model is worse. */
const WORSE_FROM = 50;

/** Windows of a model whose errors are `worse` times its baseline's from {@link WORSE_FROM} on. */
function record(random: Random, worse: number): LossWindow[] {
  return Array.from({ length: WINDOWS }, (_, at) => {
    // A shock of the period makes the errors of all series large or small together.
    const shock = Math.exp(random.normal());
    const differences = Array.from({ length: SERIES }, () => {
      const model = Math.abs(random.normal()) * shock * (at >= WORSE_FROM ? worse : 1);
      const baseline = Math.abs(random.normal()) * shock;
      return (model - baseline) / (model + baseline);
    });
    const difference = differences.reduce((sum, one) => sum + one, 0) / SERIES;
    return { targetStart: new Date(at * DAY_MS), series: SERIES, difference };
  });
}

/** Windows between the first worse one and the alarm, of records that had none before it. */
function delays(records: number, worse: number) {
  const found = Array.from({ length: records }, (_, seed) =>
    watchRecord(record(seededRandom(seed + 1), worse)),
  );
  const alarms = found.flatMap(({ state, since }) =>
    state === 'BEHIND' && since ? [since.getTime() / DAY_MS] : [],
  );
  const waited = alarms.filter((at) => at >= WORSE_FROM).map((at) => at - WORSE_FROM);
  waited.sort((a, b) => a - b);
  const quantile = (level: number): number | null => waited[Math.floor(level * waited.length)] ?? null;
  return { records, worse, alarmShare: alarms.length / records, median: quantile(0.5), ninth: quantile(0.9) };
}

const results = {
  ...{ windows: WINDOWS, series: SERIES, worseFrom: WORSE_FROM },
  withoutDrift: { records: 4_000, alarmShare: delays(4_000, 1).alarmShare },
  doubled: delays(1_000, 2),
  halfLarger: delays(1_000, 1.5),
};
writeFileSync(
  resolve('experiments', 'forecast-drift', 'results.json'),
  `${JSON.stringify(results, null, 2)}\n`,
);
process.stdout.write(`${JSON.stringify(results)}\n`);
