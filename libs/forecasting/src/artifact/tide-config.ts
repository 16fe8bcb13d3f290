import type { Channel } from '../covariates/channels.js';
import { MOST_WORDS, type Covariate, type CovariateKind } from '../covariates/covariate-panel.js';
import type { Heard } from '../covariates/hearing.js';
import type { TideModel } from '../covariates/tide-model.js';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig } from '../global/config.js';
import { parseCalibration } from '../global/quantile-grid.js';
import { isNumber, isRecord } from '../plain-json.js';
import { settingsOf } from './manifest.js';

/** Covariates that one network takes. */
export const MOST_COVARIATES = 16;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,39}$/u;
const LONGEST_WORD = 80;
const KINDS: readonly unknown[] = ['relative', 'plain', 'category'] satisfies CovariateKind[];

const refused = (at: number, message: string): ForecastingError =>
  new ForecastingError('INVALID_OPTIONS', `covariate ${at + 1} of the artifact: ${message}`);

/** Whether something can be the name of a covariate: letters, digits, blanks, `_`, `.` and `-`, 40 at most. */
export const isCovariateName = (found: unknown): found is string =>
  typeof found === 'string' && NAME.test(found);

function wordsOf(found: unknown, at: number): readonly string[] {
  const fits =
    Array.isArray(found) &&
    found.length >= 1 &&
    found.length <= MOST_WORDS &&
    new Set(found).size === found.length &&
    found.every((word) => typeof word === 'string' && word.length >= 1 && word.length <= LONGEST_WORD);
  if (fits) return found as string[];
  throw refused(at, `words must be 1 to ${MOST_WORDS} different texts of at most ${LONGEST_WORD} characters`);
}

function covariateOf(found: Record<string, unknown>, at: number): Covariate {
  const { name, kind, words } = found;
  if (!isCovariateName(name)) throw refused(at, `the name is ${JSON.stringify(name)?.slice(0, 80)}`);
  if (!KINDS.includes(kind))
    throw refused(
      at,
      `kind is ${JSON.stringify(kind)?.slice(0, 80)}; known are relative, plain and category`,
    );
  if (kind === 'category') return { name, kind, words: wordsOf(words, at) };
  if (words !== undefined) throw refused(at, 'only a category has words');
  return { name, kind: kind as CovariateKind };
}

function heardOf({ isHeard, gain, certainty }: Record<string, unknown>, name: string, at: number): Heard {
  if (typeof isHeard !== 'boolean') throw refused(at, 'isHeard is neither true nor false');
  for (const figure of [gain, certainty])
    if (figure !== null && !isNumber(figure)) throw refused(at, 'gain and certainty must be numbers or null');
  return {
    name,
    isHeard,
    gain: (gain as number | null) ?? NaN,
    certainty: (certainty as number | null) ?? NaN,
  };
}

function channelOf(covariate: Covariate, { centre, spread }: Record<string, unknown>, at: number): Channel {
  if (!isNumber(centre) || !isNumber(spread) || spread <= 0)
    throw refused(at, 'centre and spread must be numbers, the spread above 0');
  return { covariate, width: covariate.words?.length ?? 1, centre, spread };
}

/**
 * The settings of a network with covariates from the metadata of an artifact, which need not be trusted.
 *
 * @throws {ForecastingError} INVALID_OPTIONS naming the setting or the covariate
 */
export function parseTideConfig(given: Readonly<Record<string, unknown>>): Omit<TideModel, 'graph'> {
  const { calibration, covariates: found, seasonLength, horizon, ...rest } = settingsOf(given);
  const sizes = { seasonLength: seasonLength as number, horizon: horizon as number };
  const config = parseGlobalConfig({ ...rest, ...sizes });
  if (!Array.isArray(found) || found.length < 1 || found.length > MOST_COVARIATES)
    throw new ForecastingError('INVALID_OPTIONS', `covariates must be a list of 1 to ${MOST_COVARIATES}`);
  const [covariates, heard, channels]: [Covariate[], Heard[], Channel[]] = [[], [], []];
  (found as unknown[]).forEach((one, at) => {
    if (!isRecord(one)) throw refused(at, 'it is no JSON object');
    const covariate = covariateOf(one, at);
    if (covariates.some(({ name }) => name === covariate.name))
      throw refused(at, `"${covariate.name}" occurs twice`);
    covariates.push(covariate);
    heard.push(heardOf(one, covariate.name, at));
    if (one.isHeard) channels.push(channelOf(covariate, one, at));
  });
  return { config, calibration: parseCalibration(calibration), covariates, heard, channels };
}

/** What {@link parseTideConfig} reads: plain JSON. */
export function tideConfig({ config, calibration, covariates, heard, channels }: TideModel) {
  const readings = new Map(channels.map((channel) => [channel.covariate.name, channel]));
  const figure = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    ...config,
    calibration,
    covariates: covariates.map(({ name, kind, words }, at) => {
      const { isHeard, gain, certainty } = heard[at]!;
      const channel = readings.get(name);
      return {
        ...{ name, kind, isHeard, gain: figure(gain), certainty: figure(certainty) },
        ...(words ? { words } : {}),
        ...(channel ? { centre: channel.centre, spread: channel.spread } : {}),
      };
    }),
  };
}
