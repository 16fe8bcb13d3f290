import { ForecastingError } from '../forecasting.errors.js';
import type { Covariate, CovariatePanel } from './covariate-panel.js';

/** A change of a covariate over the whole horizon. */
export interface CovariateChange {
  readonly name: string;
  readonly by: { readonly times: number } | { readonly plus: number } | { readonly to: string };
}

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const CHANGE = new RegExp(String.raw`^(.+?)\s*(?:([+-])\s*(${NUMBER})\s*(%?)|=\s*(.+))$`);

const refused = (message: string): ForecastingError => new ForecastingError('INVALID_OPTIONS', message);

/**
 * Reads changes as people write them, joined by commas.
 *
 * @throws {ForecastingError} INVALID_OPTIONS naming what cannot be read
 * @example parseChanges('price +10 %, promotion = 1') // [{ name: 'price', by: { times: 1.1 } }, { name: 'promotion', by: { to: '1' } }]
 */
export function parseChanges(text: string): CovariateChange[] {
  return text.split(',').map((part): CovariateChange => {
    const found = CHANGE.exec(part.trim());
    if (!found) throw refused(`what if "${part.trim()}": write price +10 %, price -0.5 or promotion = 1`);
    const [, name, sign, amount, percent, to] = found;
    if (to !== undefined) return { name: name!, by: { to: to.trim() } };
    const signed = (sign === '-' ? -1 : 1) * Number(amount);
    return { name: name!, by: percent ? { times: 1 + signed / 100 } : { plus: signed } };
  });
}

function changed({ name, kind, words }: Covariate, by: CovariateChange['by']): (value: number) => number {
  if ('to' in by) {
    const to = kind === 'category' ? words!.indexOf(by.to) : Number(by.to);
    if (to < 0 && kind === 'category')
      throw refused(`"${by.to}" is no ${name} that was seen; seen were ${words!.join(', ').slice(0, 200)}`);
    if (!Number.isFinite(to)) throw refused(`${name} = "${by.to}" is no number`);
    return () => to;
  }
  if (kind === 'category') throw refused(`${name} is a word: write ${name} = ${words![0] ?? '...'}`);
  return 'times' in by ? (value) => value * by.times : (value) => value + by.plus;
}

/** Whether a change holds in a step after the end of a series, counted from 0. */
export type ChangedStep = (step: number) => boolean;

/**
 * The panel with the changes made from the end of each series on; what was stays as it was.
 *
 * @param isChanged in which steps, all where left out
 * @throws {ForecastingError} INVALID_OPTIONS on a covariate or word that is not known
 */
export function withChanges(
  panel: CovariatePanel,
  changes: readonly CovariateChange[],
  isChanged: ChangedStep = () => true,
): CovariatePanel {
  const moves = new Map<number, (value: number) => number>();
  for (const { name, by } of changes) {
    const at = panel.covariates.findIndex((covariate) => covariate.name === name);
    if (at < 0)
      throw refused(
        `"${name}" is no covariate; there are ${panel.covariates.map((one) => one.name).join(', ')}`,
      );
    moves.set(at, changed(panel.covariates[at]!, by));
  }
  const series = panel.series.map((one) => ({
    ...one,
    covariates: one.covariates.map((path, at) => {
      const move = moves.get(at);
      if (!move) return path;
      return path.map((value, period) => {
        const step = period - one.values.length;
        return step >= 0 && isChanged(step) ? move(value) : value;
      });
    }),
  }));
  return { ...panel, series };
}
