import { describe, expect, it } from '@jest/globals';
import type { SeriesForecast } from '@tallyhouse/forecasting';
import { covariateWords, forecastWithCovariates, type CovariateForecasts } from './forecast-covariates.js';

const forecast = (
  id: string,
  mean: readonly number[],
  over: Partial<SeriesForecast> = {},
): SeriesForecast => ({
  ...{ id, method: 'tide', mean: Float64Array.from(mean), quantiles: [] },
  ...over,
});

const made = (over: Partial<CovariateForecasts>): CovariateForecasts => ({
  file: {
    panel: { series: [{}, {}], seasonLength: 12 },
    period: 'Monthly',
  } as unknown as CovariateForecasts['file'],
  heard: [],
  forecasts: [forecast('a', [10, 20]), forecast('b', [30, 40])],
  plain: undefined,
  ...over,
});

describe('what forecast --covariates says', () => {
  it('is what each covariate was worth: heard, left out, or too little to tell', () => {
    const heard = [
      { name: 'price', gain: 1.264, certainty: 9, isHeard: true },
      { name: 'supplier', gain: 0.001, certainty: 0.4, isHeard: false },
      { name: 'weather', gain: NaN, certainty: NaN, isHeard: true },
    ];
    expect(covariateWords(made({ heard }))).toEqual([
      '2 series, monthly, season of 12',
      "price: heard; with another's in its place the loss is 126 % higher",
      'supplier: left out, it did not help on values that training had not seen',
      'weather: kept, there is too little to tell whether it helps',
    ]);
  });

  it('is what a change does in all, in either direction and where nothing was expected', () => {
    const last = (plain: readonly number[]): string | undefined =>
      covariateWords(made({ plain: [forecast('a', plain)] }), 'price +10 %').at(-1);
    expect(last([80])).toBe('price +10 %: 100.000 over all series and steps, 80.0000 as it is (+25.0 %)');
    expect(last([125])).toBe('price +10 %: 100.000 over all series and steps, 125.000 as it is (-20.0 %)');
    expect(last([0])).toBe('price +10 %: 100.000 over all series and steps, 0.00000 as it is');
  });

  it('names each series that the network could not take, and why', () => {
    const fallback = { from: 'tide', reason: 'fewer than three observed values in the input window' };
    const forecasts = [forecast('a', [1]), forecast('new', [2], { method: 'naive', fallback })];
    expect(covariateWords(made({ forecasts })).slice(1)).toEqual([
      'new: naive instead of the network, fewer than three observed values in the input window',
    ]);
  });

  it('refuses a change that it cannot read before anything is trained', async () => {
    const request = { horizon: 2, columns: { id: 'id', time: 'time', value: 'value' } };
    const options = { covariates: 'price', whatIf: 'price a bit more' };
    await expect(forecastWithCovariates('id,time,value,price\n', request, options)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
  });
});
