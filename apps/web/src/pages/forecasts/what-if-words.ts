import { percent, quantity } from '../../format/numbers.js';
import type { Covariate, WhatIf } from '../../network/types.js';

const EXAMPLE: Record<Covariate['kind'], (name: string, words: readonly string[]) => string> = {
  RELATIVE: (name) => `${name} +10 %`,
  PLAIN: (name) => `${name} = 1`,
  CATEGORY: (name, [word = '…']) => `${name} = ${word}`,
};

/** What can be written, from what the version takes. */
export function hintOf(covariates: readonly Covariate[], grain: string): string {
  const examples = covariates.map(({ name, kind, words }) => EXAMPLE[kind](name, words)).slice(0, 4);
  const sums = grain === 'PRODUCT_SITE' ? '' : ' This series is a sum: its prices change by shares.';
  return `Write ${examples.join(', ')}; several are joined by commas. Without dates a change holds in all periods to come.${sums}`;
}

/** What the change does in all. */
export function sumWords(changes: string, points: WhatIf['points']): string {
  const sum = (of: (point: WhatIf['points'][number]) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  const [planned, changed] = [sum((point) => point.planned.mean), sum((point) => point.changed.mean)];
  const difference = changed - planned;
  if (planned === 0) return `${changes}: ${quantity(changed)} in all, nothing as planned.`;
  const way =
    difference === 0
      ? 'no change'
      : `${percent(Math.abs(difference) / planned)} ${difference > 0 ? 'more' : 'less'}`;
  return `${changes}: ${quantity(changed)} in all instead of ${quantity(planned)}, ${way}.`;
}
