import { MOST_COVARIATES } from '../artifact/tide-config.js';
import { MOST_WORDS, type Covariate } from '../covariates/covariate-panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { STOCK_OUT, type CovariateStatement } from './statement.js';

const refused = (message: string): ForecastingError => new ForecastingError('INVALID_OPTIONS', message);

/** Numbers above 0 of which there are more than two are read as prices are, other numbers as they are, words as categories. */
function covariateOf(name: string, values: ReadonlySet<number | string>): Covariate {
  const numbers = [...values].filter((value) => typeof value === 'number');
  if (numbers.length === values.size)
    return { name, kind: numbers.length > 2 && numbers.every((value) => value > 0) ? 'relative' : 'plain' };
  const words = [...values].map(String).toSorted();
  if (words.length <= MOST_WORDS) return { name, kind: 'category', words };
  throw refused(
    `covariate "${name}": ${words.length} different words were said, at most ${MOST_WORDS} can be told apart; name the others by --covariates`,
  );
}

/**
 * The covariates that were stated, by name; stock-outs are none, since they hold for every forecaster.
 *
 * @param names those that are wanted; all, where left out
 * @throws {ForecastingError} INVALID_OPTIONS where nothing was stated, a name was not, or there are too many
 */
export function statedCovariates(
  statements: readonly CovariateStatement[],
  names?: readonly string[],
): Covariate[] {
  const values = new Map<string, Set<number | string>>();
  for (const { name, value } of statements) {
    if (name === STOCK_OUT) continue;
    const known = values.get(name);
    if (known) known.add(value);
    else values.set(name, new Set([value]));
  }
  if (values.size === 0)
    throw refused(
      'no partner has said anything of prices, promotions or the like; bring them in by ./tallyhouse import covariates <csv>',
    );
  const wanted = [...new Set(names ?? values.keys())].toSorted();
  const unknown = wanted.find((name) => !values.has(name));
  if (unknown !== undefined)
    throw refused(
      `nobody said anything of "${unknown}"; said was ${[...values.keys()].join(', ').slice(0, 300)}`,
    );
  if (wanted.length > MOST_COVARIATES)
    throw refused(
      `${wanted.length} covariates were said and a network takes ${MOST_COVARIATES}; name some by --covariates`,
    );
  return wanted.map((name) => covariateOf(name, values.get(name)!));
}
