import type { Random, Session } from '@tallyhouse/compute';
import { TRAINED_LEVELS } from '../global/config.js';
import { CALENDAR_FEATURES } from '../global/windows.js';
import { channelWidth } from './channels.js';
import { tideQuantiles, type Reading, type TideWindow } from './tide-windows.js';

/** Whether a covariate helped to forecast what training had not seen. */
export interface Heard {
  readonly name: string;
  /** By how much the loss grows where the covariate is another series': 0.1 is a tenth. */
  readonly gain: number;
  /** Standard errors that the gain is above 0. */
  readonly certainty: number;
  readonly isHeard: boolean;
}

/** Below it a gain is of no use to anybody. */
const LEAST_GAIN = 0.01;
const LEAST_CERTAINTY = 2.5;
/** Fewer held-out windows than this cannot tell; all covariates are kept then. */
const LEAST_WINDOWS = 8;

/** Mean pinball loss of a window over its known steps and the trained levels. */
function lossOf({ targets, weights }: TideWindow, quantiles: Float32Array): number {
  let [sum, count] = [0, 0];
  targets.forEach((target, step) => {
    if (weights[step] === 0) return;
    TRAINED_LEVELS.forEach((level, at) => {
      const error = target - quantiles[step * TRAINED_LEVELS.length + at]!;
      sum += Math.max(level * error, (level - 1) * error);
      count += 1;
    });
  });
  return sum / Math.max(1, count);
}

/**
 * Gives each window the columns of another one, those of its future turned by some steps, so that a plan that is the same for all
 * series is another too. The past goes with it: half a supplier's history would be none that training knew.
 */
function exchanged(
  windows: readonly TideWindow[],
  reading: Reading,
  from: number,
  to: number,
  draws: Random,
): TideWindow[] {
  const { inputSize, horizon } = reading.config;
  const width = channelWidth(reading.channels);
  return windows.map((window) => {
    const other = windows[draws.below(windows.length)]!;
    const turn = draws.below(horizon);
    const known = Float32Array.from(window.known);
    for (let here = 0; here < inputSize + horizon; here++) {
      const there = here < inputSize ? here : inputSize + ((here - inputSize + turn) % horizon);
      known.set(other.known.subarray(there * width + from, there * width + to), here * width + from);
    }
    return { ...window, known };
  });
}

/** Asks of each covariate what is lost where it is exchanged for another's (permutation importance, Breiman 2001). */
export async function hearing(
  session: Session,
  windows: readonly TideWindow[],
  reading: Reading,
  draws: Random,
): Promise<Heard[]> {
  const own = await tideQuantiles(session, windows, reading);
  const losses = windows.map((window, at) => lossOf(window, own[at]!));
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
  const heard: Heard[] = [];
  let column = CALENDAR_FEATURES;
  for (const { covariate, width } of reading.channels) {
    const other = exchanged(windows, reading, column, column + width, draws.fork(column));
    const rows = await tideQuantiles(session, other, reading);
    const differences = windows.map((window, at) => lossOf(window, rows[at]!) - losses[at]!);
    heard.push(judged(covariate.name, differences, mean));
    column += width;
  }
  return heard;
}

function judged(name: string, differences: readonly number[], loss: number): Heard {
  const count = differences.length;
  if (count < LEAST_WINDOWS) return { name, gain: NaN, certainty: NaN, isHeard: true };
  const mean = differences.reduce((sum, one) => sum + one, 0) / count;
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
  const certainty = variance > 0 ? mean / Math.sqrt(variance / count) : 0;
  const gain = loss > 0 ? mean / loss : 0;
  return { name, gain, certainty, isHeard: gain >= LEAST_GAIN && certainty >= LEAST_CERTAINTY };
}
