import { seededRandom } from '@tallyhouse/compute';
import type { CovariatePanel } from '../src/covariates/covariate-panel.js';

/** What is planted in a simulated panel. */
export interface Planted {
  /** Demand is multiplied by (price / usual price) to this power. */
  readonly elasticity: number;
  /** And by this on a promotion. */
  readonly uplift: number;
}

export interface PlantedPanel {
  readonly panel: CovariatePanel;
  /** What comes after each series, with noise. */
  readonly outcomes: readonly Float64Array[];
}

const SUPPLIERS = ['north', 'south', 'west'];

/**
 * Months of products whose demand follows a season, their price and promotions, and noise; and two covariates that do nothing: a
 * temperature and the supplier.
 */
export function plantedPanel(
  seed: number,
  { elasticity, uplift }: Planted,
  { series: count, length, horizon }: { series: number; length: number; horizon: number },
): PlantedPanel {
  const random = seededRandom(seed);
  const made = Array.from({ length: count }, (_, index) => {
    const level = 20 + 200 * random.uniform();
    const phase = 2 * Math.PI * random.uniform();
    const usual = 1 + 9 * random.uniform();
    const supplier = random.below(SUPPLIERS.length);
    const periods = Array.from({ length: length + horizon }, (__, at) => {
      const price = usual * (random.uniform() < 0.3 ? 0.8 + 0.4 * random.uniform() : 1);
      const promotion = random.uniform() < 0.15 ? 1 : 0;
      const season = 1 + 0.25 * Math.sin((2 * Math.PI * at) / 12 + phase);
      const effect = (price / usual) ** elasticity * (promotion === 1 ? uplift : 1);
      const value = Math.max(0, level * season * effect * (1 + 0.08 * random.normal()));
      return { value, price, promotion, temperature: 15 + 8 * random.normal() };
    });
    const path = (of: (period: (typeof periods)[number]) => number): Float64Array =>
      Float64Array.from(periods, of);
    return {
      id: `s${index}`,
      start: '2018-01-01',
      values: path(({ value }) => value).slice(0, length),
      outcome: path(({ value }) => value).slice(length),
      covariates: [
        path(({ price }) => price),
        path(({ promotion }) => promotion),
        path(({ temperature }) => temperature),
        path(() => supplier),
      ],
    };
  });
  const panel: CovariatePanel = {
    ...{ frequency: 'monthly', seasonLength: 12 },
    covariates: [
      { name: 'price', kind: 'relative' },
      { name: 'promotion', kind: 'plain' },
      { name: 'temperature', kind: 'plain' },
      { name: 'supplier', kind: 'category', words: SUPPLIERS },
    ],
    series: made.map(({ id, start, values, covariates }) => ({ id, start, values, covariates })),
  };
  return { panel, outcomes: made.map(({ outcome }) => outcome) };
}
