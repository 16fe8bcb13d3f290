import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { AnomalyParameterSet, SHIPPED_PARAMETERS } from '../parameters/parameter-set.js';
import { PERIOD_TRAITS } from '../scan/period-traits.js';
import { fileFigures } from './file-figures.js';
import { LabelTrial } from './label-trial.js';

const DAY_MS = 86_400_000;
const startsMs = Array.from({ length: 100 }, (_, day) => (20_000 + day) * DAY_MS);
const JUMP = { seriesId: 's0', startMs: startsMs[90]! };
const QUIET = { seriesId: 's1', startMs: startsMs[90]! };

/** Twelve quiet series, of which the first jumps. */
function trial(change: object): LabelTrial {
  const random = seededRandom(4);
  const made = new LabelTrial({ ...SHIPPED_PARAMETERS.series, ...change }, PERIOD_TRAITS.daily, [
    JUMP,
    QUIET,
  ]);
  for (let at = 0; at < 12; at += 1) {
    const values = Float64Array.from({ length: 100 }, () => 100 + 5 * random.normal());
    if (at === 0) values[90] = 400;
    made.add({ id: `s${at}`, startsMs, values });
  }
  return made;
}

describe('a trial on what people labelled', () => {
  it('tells which labelled periods would be reported at a level', () => {
    expect(trial({}).reported(0.1)).toEqual([JUMP]);
    expect(trial({}).reported(1e-9)).toEqual([]);
  });

  it('follows the parameters: who wants more history does not judge that period', () => {
    expect(trial({ minimumHistory: 95 }).reported(0.25)).toEqual([]);
  });
});

describe('figures on labelled files', () => {
  const random = seededRandom(7);
  const values = Float64Array.from(
    { length: 2_000 },
    (_, at) => 4 + random.normal() + (at >= 1_500 && at < 1_560 ? 8 : 0),
  );
  const file = { timesMs: Float64Array.from(values, (_, at) => at * 300_000), values };
  const files = [{ file, windows: [{ first: 1_490, last: 1_600 }] }];

  it('count windows that are found and alarms outside, as series and as sensors', () => {
    const { series, readings } = fileFigures(SHIPPED_PARAMETERS, files);
    expect(readings).toMatchObject({ windowsFound: 1, falseAlarms: 0 });
    expect(readings.scores.standard).toBeGreaterThan(50);
    expect(series.windowsFound).toBe(1);
  });

  it('fall to silence where the threshold is out of reach', () => {
    const readings = { ...SHIPPED_PARAMETERS.readings, alarmNovelty: 100 };
    const deaf = new AnomalyParameterSet(SHIPPED_PARAMETERS.series, readings);
    expect(fileFigures(deaf, files).readings).toMatchObject({
      ...{ windowsFound: 0, falseAlarms: 0 },
      scores: { standard: 0, reward_low_FP_rate: 0, reward_low_FN_rate: 0 },
    });
  });
});
