import { describe, expect, it } from '@jest/globals';
import { createForecaster, localMethod, parseLocalConfig } from './registry.js';

describe('registry of methods', () => {
  it('refuses a name it does not know and lists those it does', () => {
    expect(() => createForecaster('arima')).toThrow(/no method "arima"; known are naive, /);
  });

  it.each([
    [{ window: 0 }, /window is 0/],
    [{ weight: 2 }, /weight is 2/],
    [{ members: ['combination'] }, /members is/],
    [{ members: [] }, /members is/],
    [{ seasons: [1] }, /seasons is \[1\]; .* 2 or more/],
    [{ seasons: 12 }, /seasons is 12/],
    [{ rule: 'best' }, /rule is "best"/],
    [{ transform: 'sqrt' }, /transform is "sqrt"/],
    [{ lowerBound: '0' }, /lowerBound is "0"/],
    [{ colour: 1 }, /unknown setting "colour"/],
  ])('refuses the setting %j', (config, message) => {
    expect(() => parseLocalConfig(config)).toThrow(message);
  });

  it('a combination takes the median of its members where asked to', () => {
    const history = Float64Array.from([1, 2, 3, 10]);
    const members = ['naive', 'drift', 'window-average'] as const;
    const median = localMethod('combination', { members, window: 2, rule: 'median' });
    expect(median.fit(history, 1).forecast(history, 1)[0]).toBe(10);
    const mean = localMethod('combination', { members, window: 2 });
    expect(mean.fit(history, 1).forecast(history, 1)[0]).toBeCloseTo((10 + 13 + 6.5) / 3, 12);
  });

  it('the log transform averages factors', () => {
    const history = Float64Array.from([0, 99]);
    const path = localMethod('window-average', { transform: 'log' }).fit(history, 1).forecast(history, 1);
    expect(path[0]).toBeCloseTo(9, 9);
  });
});
