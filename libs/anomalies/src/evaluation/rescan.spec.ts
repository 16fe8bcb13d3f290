import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { AnomalyParameterSet, SHIPPED_PARAMETERS } from '../parameters/parameter-set.js';
import { PERIOD_TRAITS } from '../scan/period-traits.js';
import { fileFigures } from './file-figures.js';
import { Rescan } from './rescan.js';

const DAY_MS = 86_400_000;
const startsMs = Array.from({ length: 100 }, (_, day) => (20_000 + day) * DAY_MS);
const JUMP = { seriesId: 's0', startMs: startsMs[90]! };

/** Twelve quiet series, of which the first jumps. */
function rescan(change: object, wanted?: readonly number[]): Rescan {
  const random = seededRandom(4);
  const parameters = { ...SHIPPED_PARAMETERS.series, ...change };
  const made = new Rescan(parameters, PERIOD_TRAITS.daily, wanted && new Set(wanted));
  for (let at = 0; at < 12; at += 1) {
    const values = Float64Array.from({ length: 100 }, () => 100 + 5 * random.normal());
    if (at === 0) values[90] = 400;
    made.add({ id: `s${at}`, startsMs, values });
  }
  return made;
}

describe('a scan without a database', () => {
  it('tells what would be reported at a level, beside the other series of the period', () => {
    const [jump, ...others] = rescan({}, [JUMP.startMs]).reported(0.1);
    expect(jump).toMatchObject(JUMP);
    expect(jump!.qValue).toBeGreaterThanOrEqual(jump!.pValue);
    expect(others).toEqual([]);
    expect(rescan({}).reported(1e-9)).toEqual([]);
  });

  it('says of a period the same whether others are asked about or not', () => {
    const all = rescan({})
      .reported(0.25)
      .filter(({ startMs }) => startMs === JUMP.startMs);
    expect(rescan({}, [JUMP.startMs]).reported(0.25)).toEqual(all);
  });

  it('follows the parameters: who wants more history does not judge that period', () => {
    expect(rescan({ minimumHistory: 95 }, [JUMP.startMs]).reported(0.25)).toEqual([]);
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
