import { decompose, type Decomposition } from '../decomposition/decompose.js';
import { ets } from './ets/ets.js';
import type { LocalMethod } from './local-method.js';

/** What the seasons add, `step` periods after the end: the last cycle of each, over again. */
function seasonAhead({ seasons, seasonLengths }: Decomposition, step: number): number {
  return seasons.reduce((sum, season, at) => {
    const length = seasonLengths[at]!;
    return sum + season[season.length - length + (step % length)]!;
  }, 0);
}

const withoutSeason = (history: Float64Array, { season }: Decomposition): Float64Array =>
  history.map((value, at) => value - season[at]!);

/**
 * One or several seasons taken out by MSTL (Bandara, Hyndman & Bergmeir 2021), what is left forecast by exponential smoothing, and the
 * last cycle of each season put back: what R calls `stlm` with ETS.
 *
 * @param seasons periods of each season; that of the panel without it. One seen less than twice is left out
 */
export const mstlEts = (seasons?: readonly number[]): LocalMethod => ({
  name: 'mstl-ets',
  minLength: ets.minLength,
  fit(history, seasonLength) {
    const lengths = seasons ?? [seasonLength];
    const whole = decompose(history, lengths);
    const inner = ets.fit(withoutSeason(history, whole), 1);
    return {
      forecast(beginning, horizon) {
        const parts = beginning.length === history.length ? whole : decompose(beginning, lengths);
        const path = inner.forecast(withoutSeason(beginning, parts), horizon);
        return path.map((value, step) => value + seasonAhead(parts, step));
      },
    };
  },
});
