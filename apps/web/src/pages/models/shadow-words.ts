import { count, percent, signed } from '../../format/numbers.js';
import { dateTime } from '../../format/times.js';
import type { Shadow, ShadowDifference, ShadowProgress } from '../../network/shadow-types.js';

/** `mase` → `MASE`. */
export function measureName(measure: string): string {
  return measure === 'smape' ? 'sMAPE' : measure.toUpperCase();
}

/** Both ends of the interval with their signs; the difference alone where so few series bound nothing. */
export function intervalWords({ difference, low, high }: ShadowDifference): string {
  if (low === null || high === null) return `${signed(difference, 3)}, too few series to bound`;
  return `${signed(low, 3)} to ${signed(high, 3)}`;
}

/** Where a candidate stands, in a sentence. */
export function standingWords(state: NonNullable<Shadow['state']>, reason: string | null): string {
  if (state === 'RUNS')
    return 'It forecasts beside the version in force; its forecasts are shown nowhere else.';
  const why = reason ?? 'no reason was given';
  if (state === 'WAITS') return `It waits for its turn: ${why}.`;
  if (state === 'REFUSED') return `It could not forecast: ${why}.`;
  return `It runs no more: ${why}.`;
}

/** What its run over many series does now; undefined for one that ended. */
export function progressWords(progress: ShadowProgress): string | undefined {
  const { phase, series, shards, shardsForecast, shardsWritten, expectedAt } = progress;
  const all = `${count(shards)} shards`;
  const doing = {
    WAITING: 'waits until the version in force has forecast',
    FORECASTING: `is being made: ${count(shardsForecast)} of ${all} are forecast`,
    SETTLING: 'is being made: sums and parts are brought together',
    WRITING: `is being stored: ${count(shardsWritten)} of ${all} are`,
    CLOSING: 'is being stored: the root is made',
    STORED: undefined,
    KNOWN: undefined,
    ABANDONED: undefined,
  }[phase];
  if (!doing) return undefined;
  return `Its run over ${count(series)} series ${doing}${expectedAt ? `; expected ${dateTime(expectedAt)}` : ''}.`;
}

/** What was scored and how sure the comparison is. */
export function shadowSentence({ scored, runs, origins, running, confidence }: Shadow): string {
  const made = `${count(scored)} forecasts scored, of ${count(runs)} ${runs === 1 ? 'run' : 'runs'} fixed on chain before the outcome.`;
  if (!running) return `${made} What ran has none of the same data scored, so nothing is compared.`;
  const pairs = `Compared on the ${count(running.pairs)} that the version in force made too, from the same data.`;
  const bounds =
    confidence === null ? '' : ` Of an error less is better; the intervals hold ${percent(confidence)}.`;
  const few =
    origins < 4
      ? ` They were made at ${count(origins)} ${origins === 1 ? 'moment' : 'moments'} only: the intervals say how series differ, not how months do.`
      : '';
  return `${made} ${pairs}${bounds}${few}`;
}
