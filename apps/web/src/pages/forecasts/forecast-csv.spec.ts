import { describe, expect, it } from '@jest/globals';
import { forecastCsv } from './forecast-csv.js';

describe('forecastCsv', () => {
  it('puts history and forecast in one table and guards a label from outside', () => {
    const series = {
      label: '=cmd()',
      observations: [{ periodStart: '2026-01-01', value: 5, eventCount: 1 }],
    } as never;
    const forecast = {
      run: { versionId: '0xab' },
      points: [
        {
          targetStart: '2026-02-01',
          mean: -1,
          quantiles: [{ level: 0.9, value: 3 }],
          score: null,
          method: 'ets',
        },
      ],
    } as never;
    expect(forecastCsv(series, forecast).split('\r\n')).toEqual([
      'series,kind,period_start,value,q0.9,actual,method,model_version',
      `"'=cmd()",observed,2026-01-01,5,,,,`,
      `"'=cmd()",forecast,2026-02-01,-1,3,,ets,0xab`,
      '',
    ]);
  });
});
