import { describe, expect, it } from '@jest/globals';
import { readDetectorFigures } from './detector-figures.js';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const alarms = (standard: number, windowsFound: number, falseAlarms: number) => ({
  scores: { standard, reward_low_FP_rate: standard, reward_low_FN_rate: standard },
  ...{ windowsFound, falseAlarms },
});
const report = {
  ...{
    format: 'tallyhouse-anomaly-evaluation/1',
    incumbent: '0xab',
    learnsAnew: false,
    learnsEventsAnew: true,
    labels: null,
  },
  files: {
    ...{ files: 2, rows: 3_000, windows: 3 },
    incumbent: { series: alarms(40, 2, 9), readings: alarms(50, 3, 4) },
    candidate: { series: alarms(42, 2, 12), readings: alarms(50, 2, 1) },
  },
};

describe('readDetectorFigures', () => {
  it('tells what is better and worse, of scores more and of false alarms less', () => {
    const { rows, basis, learnsEventsAnew } = readDetectorFigures(bytes(report))!;
    expect(learnsEventsAnew).toBe(true);
    expect(basis).toEqual(['2 labelled files with 3,000 rows and 3 windows.']);
    const verdicts = rows.map(({ on, measure, verdict }) => `${on}, ${measure}: ${verdict}`);
    expect(verdicts).toContain('Files, as series, Score: better');
    expect(verdicts).toContain('Files, as series, False alarms: worse');
    expect(verdicts).toContain('Files, as sensors, Score: undecided');
    expect(verdicts).toContain('Files, as sensors, Windows found: worse');
    expect(verdicts).toContain('Files, as sensors, False alarms: better');
  });

  it('counts what people labelled, and leaves out what nobody did', () => {
    const none = { labelled: 0, candidate: 0, incumbent: 0 };
    const labels = {
      series: {
        real: { labelled: 4, incumbent: 4, candidate: 3 },
        notReal: { labelled: 6, incumbent: 6, candidate: 1 },
      },
      readings: { real: none, notReal: none },
      events: { real: { labelled: 2, incumbent: 1, candidate: 2 }, notReal: none },
    };
    const { rows } = readDetectorFigures(bytes({ ...report, files: null, labels }))!;
    expect(rows).toEqual([
      {
        ...{ on: 'Series', before: 4, after: 3, verdict: 'worse' },
        measure: 'Of 4 where something was the matter, told',
      },
      {
        ...{ on: 'Series', before: 6, after: 1, verdict: 'better' },
        measure: 'Of 6 where nothing was the matter, told',
      },
      {
        ...{ on: 'Events', before: 1, after: 2, verdict: 'better' },
        measure: 'Of 2 where something was the matter, told',
      },
    ]);
  });

  it.each([
    ['another form', bytes({ ...report, format: 'tallyhouse-report/1' })],
    ['no JSON', new Uint8Array([1, 2])],
    ['a list', bytes([report])],
  ])('gives null for %s, and no rows where figures are no numbers', (_, content) => {
    expect(readDetectorFigures(content)).toBeNull();
    const broken = { ...report, files: { ...report.files, candidate: { series: 'good' } } };
    expect(readDetectorFigures(bytes(broken))!.rows).toEqual([]);
  });
});
