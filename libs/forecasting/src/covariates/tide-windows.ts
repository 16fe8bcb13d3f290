import { float32, floatsOf, type Random, type Session, type Tensors } from '@tallyhouse/compute';
import { TRAINED_LEVELS, type GlobalConfig } from '../global/config.js';
import { channelWidth, knownIn, type Calendar, type Channel } from './channels.js';
import type { CovariatePanel, CovariateSeries } from './covariate-panel.js';

/** Series in one call of the engine; bounds its memory. */
const ROWS_PER_CALL = 512;

/** How the network reads a panel. */
export interface Reading {
  readonly panel: CovariatePanel;
  readonly config: GlobalConfig;
  readonly channels: readonly Channel[];
  readonly calendar: Calendar;
}

/** A series and the position of the first value that is not known. */
export interface Origin {
  readonly series: CovariateSeries;
  readonly at: number;
  /** Values from here on are no targets. */
  readonly to: number;
}

/** What the network sees and should say at one origin, as shares of the usual level. */
export interface TideWindow {
  readonly past: Float32Array;
  readonly mask: Float32Array;
  readonly known: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  /** Series value = offset + scale · scaled value. */
  readonly offset: number;
  readonly scale: number;
}

/** Mean of the last season, and mean size of what is seen: what a price does is a share of what is sold. */
function levelOf(seen: readonly number[], seasonLength: number): { offset: number; scale: number } {
  const recent = seen.slice(-Math.max(seasonLength, 4));
  const offset = recent.reduce((sum, value) => sum + value, 0) / recent.length;
  const scale = seen.reduce((sum, value) => sum + Math.abs(value), 0) / seen.length;
  return { offset, scale: scale > 0 ? scale : 1 };
}

/** @returns undefined where fewer than three values are observed in the window */
export function tideWindow({ config, channels, calendar }: Reading, origin: Origin): TideWindow | undefined {
  const { series, at } = origin;
  const { inputSize, horizon, seasonLength } = config;
  const from = at - inputSize;
  const raw = Float64Array.from({ length: inputSize }, (_, index) => series.values[from + index] ?? NaN);
  const seen = [...raw].filter((value) => !Number.isNaN(value));
  if (seen.length < 3) return undefined;
  const { offset, scale } = levelOf(seen, seasonLength);
  const scaled = (value: number): number => (Number.isNaN(value) ? 0 : (value - offset) / scale);
  const later = Float64Array.from({ length: horizon }, (_, step) =>
    at + step < origin.to ? (series.values[at + step] ?? NaN) : NaN,
  );
  const isKnown = (value: number): number => (Number.isNaN(value) ? 0 : 1);
  return {
    past: Float32Array.from(raw, scaled),
    mask: Float32Array.from(raw, isKnown),
    known: knownIn(series, channels, { from, origin: at, to: at + horizon }, calendar),
    targets: Float32Array.from(later, scaled),
    weights: Float32Array.from(later, isKnown),
    offset,
    scale,
  };
}

/** Windows as the inputs of the inference graph. */
export function tideInputs(windows: readonly TideWindow[], { config, channels }: Reading): Tensors {
  const stacked = (of: (window: TideWindow) => Float32Array, width: number) => {
    const all = new Float32Array(windows.length * width);
    windows.forEach((window, row) => all.set(of(window), row * width));
    return float32([windows.length, width], all);
  };
  const { inputSize, horizon } = config;
  return {
    past: stacked(({ past }) => past, inputSize),
    mask: stacked(({ mask }) => mask, inputSize),
    known: stacked(({ known }) => known, (inputSize + horizon) * channelWidth(channels)),
  };
}

/** Windows as the inputs of the training graph, without its state. */
export function tideTrainingInputs(windows: readonly TideWindow[], reading: Reading): Tensors {
  const { horizon } = reading.config;
  const stacked = (of: (window: TideWindow) => Float32Array) =>
    float32([windows.length, horizon], Float32Array.from(windows.flatMap((window) => [...of(window)])));
  return {
    ...tideInputs(windows, reading),
    targets: stacked(({ targets }) => targets),
    weights: stacked(({ weights }) => weights),
  };
}

/** The network's scaled quantiles for each window: horizon · levels numbers. */
export async function tideQuantiles(
  session: Session,
  windows: readonly TideWindow[],
  reading: Reading,
): Promise<Float32Array[]> {
  const width = reading.config.horizon * TRAINED_LEVELS.length;
  const rows: Float32Array[] = [];
  for (let begin = 0; begin < windows.length; begin += ROWS_PER_CALL) {
    const chunk = windows.slice(begin, begin + ROWS_PER_CALL);
    const flat = floatsOf(await session.run(tideInputs(chunk, reading)), 'quantiles');
    for (let row = 0; row < chunk.length; row++) rows.push(flat.slice(row * width, (row + 1) * width));
  }
  return rows;
}

/** Numbers of the windows that are kept to be drawn again: 32 MiB. */
const MOST_KEPT = 8_388_608;

/**
 * Draws windows of one batch after the other: a series, each as likely, then one of its origins before its hold-out. Those of a small
 * panel, which come again and again, are made once.
 */
export function windowDrawer(
  sources: readonly { readonly series: CovariateSeries; readonly from: number; readonly to: number }[],
  reading: Reading,
): (random: Random) => TideWindow[] {
  const kept = sources.map(() => new Map<number, TideWindow | undefined>());
  let room = MOST_KEPT;
  const drawn = (random: Random): TideWindow | undefined => {
    const source = random.below(sources.length);
    const { series, from, to } = sources[source]!;
    const at = from + random.below(to - from);
    const own = kept[source]!;
    if (own.has(at)) return own.get(at);
    const window = tideWindow(reading, { series, at, to });
    room -= window ? 2 * (window.past.length + window.targets.length) + window.known.length : 1;
    if (room >= 0) own.set(at, window);
    return window;
  };
  return (random) => {
    const windows: TideWindow[] = [];
    // Gaps leave some windows empty; the batch is of one size.
    const { batchSize } = reading.config;
    for (let tries = 0; windows.length < batchSize && tries < 20 * batchSize; tries++) {
      const window = drawn(random);
      if (window) windows.push(window);
    }
    return windows;
  };
}
