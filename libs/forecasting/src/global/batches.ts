import { float32, type FloatTensor, type Random } from '@tallyhouse/compute';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { firstPeriod } from '../backtest/slice.js';
import type { GlobalConfig } from './config.js';
import { CALENDAR_FEATURES, targetsAfter, windowBefore, type Window } from './windows.js';

/** A series with the span of origins that training may draw from it. */
export interface Source {
  readonly values: Float64Array;
  readonly firstPeriod: number;
  /** Origins `from <= origin < to`; targets end before `to`. */
  readonly from: number;
  readonly to: number;
}

/** Values held out at the end of each series: a horizon, where three of them and an input fit before. */
function heldOut(series: SeriesInput, { horizon, inputSize }: GlobalConfig): number {
  return series.values.length >= inputSize / 2 + 3 * horizon ? horizon : 0;
}

/**
 * Series that training can use: three observed values, then at least one target.
 *
 * @param calibrated whether the last horizon is kept from training, to calibrate on
 */
export function sourcesOf(panel: Panel, config: GlobalConfig, calibrated = true): Source[] {
  return panel.series.flatMap((series) => {
    const to = series.values.length - (calibrated ? heldOut(series, config) : 0);
    let seen = 0;
    const from = series.values.findIndex((value) => !Number.isNaN(value) && ++seen === 3) + 1;
    if (seen < 3 || from >= to) return [];
    return [{ values: series.values, firstPeriod: firstPeriod(series, panel.frequency), from, to }];
  });
}

/** Windows and targets stacked into tensors of the network's inputs. */
export class Batch {
  private filled = 0;
  private readonly past: Float32Array;
  private readonly mask: Float32Array;
  private readonly calendar: Float32Array;
  private readonly targets: Float32Array;
  private readonly weights: Float32Array;

  constructor(
    private readonly config: GlobalConfig,
    private readonly size: number,
  ) {
    this.past = new Float32Array(size * config.inputSize);
    this.mask = new Float32Array(size * config.inputSize);
    this.calendar = new Float32Array(size * CALENDAR_FEATURES);
    this.targets = new Float32Array(size * config.horizon);
    this.weights = new Float32Array(size * config.horizon);
  }

  add(window: Window, outcome?: { targets: Float32Array; weights: Float32Array }): void {
    const row = this.filled++;
    this.past.set(window.values, row * this.config.inputSize);
    this.mask.set(window.mask, row * this.config.inputSize);
    this.calendar.set(window.calendar, row * CALENDAR_FEATURES);
    if (!outcome) return;
    this.targets.set(outcome.targets, row * this.config.horizon);
    this.weights.set(outcome.weights, row * this.config.horizon);
  }

  /** The inputs of the inference graph. */
  inputs(): Record<'past' | 'mask' | 'calendar', FloatTensor> {
    const { inputSize } = this.config;
    return {
      past: float32([this.size, inputSize], this.past),
      mask: float32([this.size, inputSize], this.mask),
      calendar: float32([this.size, CALENDAR_FEATURES], this.calendar),
    };
  }

  /** The inputs of the training graph, without its state. */
  trainingInputs(): Record<string, FloatTensor> {
    const { horizon } = this.config;
    return {
      ...this.inputs(),
      targets: float32([this.size, horizon], this.targets),
      weights: float32([this.size, horizon], this.weights),
    };
  }
}

/** Draws a batch: a series, each as likely, then one of its origins, each as likely. */
export function drawBatch(sources: readonly Source[], config: GlobalConfig, random: Random): Batch {
  const batch = new Batch(config, config.batchSize);
  for (let row = 0; row < config.batchSize; row++) {
    const source = sources[random.below(sources.length)]!;
    const origin = source.from + random.below(source.to - source.from);
    const window = windowBefore(source.values, origin, source.firstPeriod, config);
    if (!window) {
      batch.add(emptyWindow(config));
      continue;
    }
    batch.add(window, targetsAfter(source.values, origin, source.to, window, config.horizon));
  }
  return batch;
}

/** A row of no weight, where gaps leave a window with too few values. */
const emptyWindow = ({ inputSize }: GlobalConfig): Window => ({
  values: new Float32Array(inputSize),
  mask: new Float32Array(inputSize),
  calendar: new Float32Array(CALENDAR_FEATURES),
  offset: 0,
  scale: 1,
});
