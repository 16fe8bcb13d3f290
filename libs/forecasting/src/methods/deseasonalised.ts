import { isSeasonal, seasonalIndices, type SeasonalKind } from '../series/seasonality.js';
import type { LocalFit, LocalMethod } from './local-method.js';

/** Where every value is above zero the season is a factor, else a summand. */
const kindOf = (values: Float64Array): SeasonalKind =>
  values.every((value) => value > 0) ? 'multiplicative' : 'additive';

const apply = (value: number, index: number, kind: SeasonalKind): number =>
  kind === 'multiplicative' ? value * index : value + index;

const remove = (value: number, index: number, kind: SeasonalKind): number =>
  kind === 'multiplicative' ? value / index : value - index;

function adjusted(history: Float64Array, indices: Float64Array, kind: SeasonalKind): Float64Array {
  return history.map((value, at) => remove(value, indices[at % indices.length]!, kind));
}

/** An index near zero would blow the adjusted values up. */
const usable = (indices: Float64Array, kind: SeasonalKind): boolean =>
  kind === 'additive' || indices.every((index) => index > 0.01);

/**
 * Takes a tested seasonal pattern out of the history, runs `method` on the rest, puts the pattern
 * back (Makridakis, Wheelwright & Hyndman 1998; the M4 benchmarks do the same). A history that fails
 * the test is given to the method as it is.
 *
 * @param wanted the kind of season; by default what the values allow
 */
export function deseasonalised(method: LocalMethod, wanted?: SeasonalKind): LocalMethod {
  return {
    ...method,
    fit(history: Float64Array, seasonLength: number): LocalFit {
      if (!isSeasonal(history, seasonLength)) return method.fit(history, 1);
      const multiplicative = wanted ?? kindOf(history);
      const kind = usable(seasonalIndices(history, seasonLength, multiplicative), multiplicative)
        ? multiplicative
        : 'additive';
      const inner = method.fit(adjusted(history, seasonalIndices(history, seasonLength, kind), kind), 1);
      return {
        forecast(beginning, horizon) {
          if (beginning.length < 2 * seasonLength) return inner.forecast(beginning, horizon);
          const indices = seasonalIndices(beginning, seasonLength, kind);
          const path = inner.forecast(adjusted(beginning, indices, kind), horizon);
          return path.map((value, step) =>
            apply(value, indices[(beginning.length + step) % seasonLength]!, kind),
          );
        },
      };
    },
  };
}
