import { medianAndSpread, Ring } from '../calibration/ring.js';
import { SILENT, type Detector, type Observation, type Surprise } from '../contract/detector.js';

const SHORT = 24;
const LONG = 1000;
const REFIT_EVERY = 20;
const LEAST = 2 * SHORT;

/**
 * How far the middle and the spread of the last two dozen values lie from the windows before them: finds shifts and values
 * that stop or start to move, of which no single value is strange.
 */
export class LevelShift implements Detector {
  private readonly recent = new Ring(SHORT);
  private readonly levels = new Ring(LONG);
  private readonly swings = new Ring(LONG);
  private level = { median: 0, spread: 0 };
  private swing = { median: 0, spread: 0 };
  private since = 0;

  observe({ value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    this.recent.push(value);
    if (this.recent.length < SHORT) return SILENT;
    const { level, swing } = this.windowed();
    const known = this.levels.length >= LEAST;
    const shift = distance(level, this.level);
    const change = distance(swing, this.swing);
    const expected = this.level.median;
    this.levels.push(level);
    this.swings.push(swing);
    this.since += 1;
    if (this.since >= Math.min(REFIT_EVERY, this.levels.length / 4)) this.fit();
    return known ? { score: Math.log1p(Math.max(shift, change)), expected } : SILENT;
  }

  private windowed(): { level: number; swing: number } {
    let sum = 0;
    let squares = 0;
    for (let back = 0; back < SHORT; back += 1) sum += this.recent.at(back);
    const level = sum / SHORT;
    for (let back = 0; back < SHORT; back += 1) squares += (this.recent.at(back) - level) ** 2;
    return { level, swing: Math.log(Math.sqrt(squares / SHORT) + 1e-3 * Math.abs(level) + 1e-9) };
  }

  private fit(): void {
    this.since = 0;
    this.level = medianAndSpread(this.levels.toArray());
    this.swing = medianAndSpread(this.swings.toArray());
  }
}

function distance(value: number, usual: { readonly median: number; readonly spread: number }): number {
  return Math.abs(value - usual.median) / (usual.spread + 1e-3 * Math.abs(usual.median) + 1e-9);
}
