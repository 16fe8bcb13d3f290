import { Ring } from '../calibration/ring.js';
import { SILENT, type Detector, type Observation, type Surprise } from '../contract/detector.js';
import { fourier } from './fourier.js';

const WINDOW = 64;
const AVERAGE = 3;
const AHEAD = 5;
const SLOPES = 5;

/** Saliency of the last value in the spectrum of the last 64 (Ren et al. 2019), over their mean saliency. */
export class SpectralResidual implements Detector {
  private readonly values = new Ring(WINDOW - AHEAD);
  private readonly real = new Float64Array(WINDOW);
  private readonly imaginary = new Float64Array(WINDOW);

  observe({ value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    this.values.push(value);
    const known = this.values.length;
    if (known < WINDOW - AHEAD) return SILENT;
    this.real.set(this.values.toArray());
    this.real.fill(this.continued(), known);
    const saliency = salience(this.real, this.imaginary);
    const now = saliency[known - 1]!;
    let mean = 0;
    for (let at = 0; at < known; at += 1) mean += saliency[at]! / known;
    return { score: mean > 0 ? Math.max(0, (now - mean) / mean) : 0, expected: null };
  }

  /** The last value lies at the edge, where a transform is blind, so the window goes on along the mean slope. */
  private continued(): number {
    let slope = 0;
    const now = this.values.at(0);
    for (let back = 1; back <= SLOPES; back += 1) slope += (now - this.values.at(back)) / back / SLOPES;
    return this.values.at(SLOPES - 1) + slope * SLOPES;
  }
}

function salience(real: Float64Array, imaginary: Float64Array): Float64Array {
  imaginary.fill(0);
  fourier(real, imaginary);
  const amplitude = real.map((x, at) => Math.hypot(x, imaginary[at]!));
  const logs = amplitude.map((x) => Math.log(x + 1e-9));
  for (let at = 0; at < real.length; at += 1) {
    let around = 0;
    for (let back = 0; back < AVERAGE; back += 1) {
      around += logs[(at - back + real.length) % real.length]! / AVERAGE;
    }
    const kept = Math.exp(logs[at]! - around) / (amplitude[at]! + 1e-9);
    real[at]! *= kept;
    // The conjugate turns the forward transform into the inverse one; only magnitudes are read.
    imaginary[at]! *= -kept;
  }
  fourier(real, imaginary);
  return real.map((x, at) => Math.hypot(x, imaginary[at]!));
}
