import type { CompetitionFigures, FiguresByMethod } from '@tallyhouse/forecasting';

const COLUMNS: readonly (readonly [keyof CompetitionFigures, string, number])[] = [
  ['smape', 'sMAPE', 3],
  ['mase', 'MASE', 3],
  ['owa', 'OWA', 4],
  ['rmsse', 'RMSSE', 4],
  ['bias', 'bias', 3],
  ['coverage80', 'in 80 %', 3],
  ['coverage95', 'in 95 %', 3],
  ['msis', 'MSIS', 2],
  ['pinball95', 'pinball .95', 4],
];

const WIDTH = 12;
const cell = (value: number | null, digits: number): string =>
  (value === null || Number.isNaN(value) ? '-' : value.toFixed(digits)).padStart(WIDTH);

/** A table of figures, a method a line. */
export function figuresTable(title: string, figures: FiguresByMethod): string {
  const count = Object.values(figures)[0]?.series ?? 0;
  const head = `${`${title}, ${count} series`.padEnd(26)}${COLUMNS.map(([, word]) => word.padStart(WIDTH)).join('')}`;
  const lines = Object.entries(figures).map(
    ([method, found]) =>
      `  ${method.padEnd(24)}${COLUMNS.map(([key, , digits]) => cell(found[key], digits)).join('')}`,
  );
  return [head, ...lines].join('\n');
}

/** Weights in falling order, those under half a percent left out. */
export function weightsLine(demand: string, weights: Readonly<Record<string, number>>): string {
  const parts = Object.entries(weights)
    .filter(([, weight]) => weight >= 0.005)
    .sort(([, a], [, b]) => b - a)
    .map(([name, weight]) => `${name} ${weight.toFixed(2)}`);
  return `  weights, ${demand} demand: ${parts.join(', ')}`;
}
