import { describe, expect, it } from '@jest/globals';
import { naive } from '../methods/naive.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { backtest } from './backtest.js';
import { readBacktest } from './read-report.js';
import { evaluationReport } from './report.js';

const panel = {
  ...({ frequency: 'monthly', seasonLength: 12 } as const),
  series: ['a', 'b'].map((id, at) => ({
    id,
    start: '2024-01-01',
    values: Float64Array.from({ length: 30 }, (_, month) => 10 * (at + 1) + ((month * 7) % 5)),
  })),
};

describe('a backtest read out of a report', () => {
  it('has the figures that the report has, by model, group and level', async () => {
    const candidate = { label: 'candidate', create: () => localForecaster(naive) };
    const options = { horizon: 3, levels: [0.1, 0.5, 0.9], folds: 2, seed: 1 };
    const report = evaluationReport(await backtest(panel, [candidate], options), {
      groupOf: (id) => `g-${id}`,
    });
    const table = readBacktest(JSON.parse(JSON.stringify(report)))!;
    expect(table).toMatchObject({ frequency: 'monthly', seasonLength: 12, horizon: 3 });
    expect(table.folds).toEqual(
      report.folds.map(({ origin, series }) => ({ origin: new Date(origin), series })),
    );
    expect(table.models.map(({ name }) => name).toSorted()).toEqual(Object.keys(report.models).toSorted());
    const [overall, first] = table.models.find(({ name }) => name === 'candidate')!.groups;
    const { overall: told, groups } = report.models['candidate']!;
    expect([overall!.group, overall!.forecasts, first!.group]).toEqual(['overall', told.forecasts, 'g-a']);
    const figures = Object.fromEntries(overall!.figures.map(({ measure, value }) => [measure, value]));
    expect(figures).toMatchObject({
      mase: told.mase,
      'pinball@0.9': told.pinball['0.9'],
      'coverage@0.8': told.coverage['0.8'],
    });
    expect(first!.figures.find(({ measure }) => measure === 'mae')!.value).toBe(groups['g-a']!.mae);
  });

  it('leaves out what is of another form, and is none where nothing is left', () => {
    const models = {
      ['x'.repeat(300)]: {
        overall: { mase: '1', smape: Infinity, mae: 2, pinball: { '0.5': 3, often: 4, '5': 6 } },
        groups: [],
      },
      broken: 7,
    };
    const folds = [{ origin: 'never', series: 2 }, { origin: '2025-01-01', series: 2 }, null];
    expect(readBacktest({ models, folds, horizon: 1e300, frequency: {} })).toEqual({
      ...{ frequency: null, seasonLength: null, horizon: null },
      folds: [{ origin: new Date('2025-01-01'), series: 2 }],
      models: [
        {
          name: 'x'.repeat(100),
          groups: [
            {
              ...{ group: 'overall', forecasts: null },
              figures: [
                { measure: 'mae', value: 2 },
                { measure: 'pinball@0.5', value: 3 },
              ],
            },
          ],
        },
      ],
    });
    for (const nothing of [null, 'text', [], {}, { models: [] }, { models: {} }, { models: { a: 1 } }])
      expect(readBacktest(nothing)).toBeNull();
  });
});
