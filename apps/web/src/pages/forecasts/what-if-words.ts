import { shortHex } from '../../format/names.js';
import { percent, quantity } from '../../format/numbers.js';
import { dateOnly } from '../../format/times.js';
import type { Covariate, WhatIf, WhatIfVersion } from '../../network/types.js';

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

/** A version among those that can be asked. */
export function versionWords({ versionId, state, isRunning, proposedTime }: WhatIfVersion): string {
  const what = isRunning ? 'In force' : state === 'PROPOSED' ? 'Candidate' : 'Was in force';
  return `${what}, ${dateOnly(proposedTime)}: ${shortHex(versionId, 4)}`;
}

/** What the figures are, and where the stored ones come from. */
export function sourceWords({ state, run }: WhatIf): string {
  const own =
    'As planned and with the change are what the model says of this series alone; the change between them is what counts.';
  const shadow = state === 'PROPOSED' ? ' in shadow' : '';
  const stored = run
    ? `As stored is from its run${shadow} of data up to ${dateOnly(run.asOf, 'UTC')}, in which it was brought together with the series that it adds up with, so the two may differ.`
    : `No run${shadow} of the model has stored this series yet.`;
  return `${own} ${stored} What went together in the past is told, whether or not one was the cause of the other.`;
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
