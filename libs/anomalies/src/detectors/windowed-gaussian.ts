import { Ring } from '../calibration/ring.js';
import { SILENT, type Detector, type Observation, type Surprise } from '../contract/detector.js';

const WINDOW = 6400;
const REFIT_EVERY = 100;
const LEAST = 12;

/** The baseline: distance from the mean of the last 6,400 values in standard deviations, brought up to date every 100. */
export class WindowedGaussian implements Detector {
  private readonly values = new Ring(WINDOW);
  private mean = 0;
  private deviation = 0;
  private since = 0;

  observe({ value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    const known = this.values.length >= LEAST;
    const score = known ? Math.abs(value - this.mean) / (this.deviation || 1e-6) : 0;
    this.values.push(value);
    this.since += 1;
    if (this.since >= Math.min(REFIT_EVERY, this.values.length / 4)) this.fit();
    return known ? { score, expected: this.mean } : SILENT;
  }

  private fit(): void {
    this.since = 0;
    const all = this.values.toArray();
    this.mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    this.deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - this.mean) ** 2, 0) / all.length);
  }
}
