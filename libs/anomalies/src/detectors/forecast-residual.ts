import { RunningMoments } from '../calibration/running-moments.js';
import {
  phaseOf,
  SILENT,
  type Detector,
  type Observation,
  type SeriesTraits,
  type Surprise,
} from '../contract/detector.js';
import { RecursiveLeastSquares } from './recursive-least-squares.js';

const LAGS = 6;
const FORGETTING = 0.9995;
const SCALE_MEMORY = 1500;
const PHASE_MEMORY = 14;
const LEAST = 2 * LAGS;

/**
 * How far a value lies from its one-step forecast: an autoregression on the last values and the usual value of this part
 * of the season, fitted by recursive least squares, in units of its own usual error.
 */
export class ForecastResidual implements Detector {
  private readonly model = new RecursiveLeastSquares(LAGS + 2, FORGETTING);
  private readonly errors = new RunningMoments(SCALE_MEMORY);
  private readonly overall = new RunningMoments(SCALE_MEMORY);
  private readonly phases: RunningMoments[];
  private lags: number[] = [];
  private count = 0;

  constructor(private readonly traits: SeriesTraits) {
    this.phases = Array.from({ length: traits.phases }, () => new RunningMoments(PHASE_MEMORY));
  }

  observe({ timeMs, value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    const phase = this.phases[phaseOf(timeMs, this.traits)]!;
    const scale = this.overall.deviation || 1;
    const centred = (x: number): number => (x - this.overall.mean) / scale;
    const inputs = [1, phase.count > 0 ? centred(phase.mean) : 0, ...this.lags.map(centred)];
    while (inputs.length < LAGS + 2) inputs.push(0);
    const expected = this.overall.mean + scale * this.model.predict(inputs);
    const error = value - expected;
    const known = this.count >= LEAST;
    const usual = Math.sqrt(this.errors.variance + this.errors.mean ** 2) + 1e-3 * scale + 1e-12;
    const score = known ? Math.log1p(Math.abs(error) / usual) : 0;
    if (this.count > 1) this.model.learn(inputs, clamp(centred(value)));
    if (known) this.errors.push(clamp(error / usual) * usual);
    this.remember(value, phase);
    return known ? { score, expected } : SILENT;
  }

  private remember(value: number, phase: RunningMoments): void {
    phase.push(value);
    this.overall.push(value);
    this.lags = [value, ...this.lags].slice(0, LAGS);
    this.count += 1;
  }
}

/** One wild value must not decide what is usual. */
const clamp = (x: number): number => Math.max(-8, Math.min(8, x));
