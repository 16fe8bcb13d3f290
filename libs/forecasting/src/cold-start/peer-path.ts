import type { SeriesForecast } from '../contract/forecaster.js';
import { median } from '../methods/local-method.js';

/** One path of all peers of a group: eight bytes a peer and step while they pass by. */
export class PeerPath {
  private readonly numbers: Float64Array;
  private readonly counts: Uint32Array;
  private readonly path: number;
  private readonly peers: number;

  /** @param path 0 for means as shares of their levels, then a quantile each as shares of the mean */
  public constructor(path: number, steps: number, peers: number) {
    this.path = path;
    this.peers = peers;
    this.numbers = new Float64Array(steps * peers);
    this.counts = new Uint32Array(steps);
  }

  /** The forecast of the next peer. */
  public add({ mean, quantiles }: SeriesForecast, level: number): void {
    for (let step = 0; step < this.counts.length; step += 1) {
      if (this.path === 0) this.push(step, mean[step]! / level);
      else if (mean[step]! > 0) this.push(step, quantiles[this.path - 1]![step]! / mean[step]!);
    }
  }

  /** The middle of the peers, step by step; 1 where none says anything. */
  public middle(): Float64Array {
    return Float64Array.from(this.counts, (count, step) =>
      count === 0 ? 1 : median(this.numbers.subarray(step * this.peers, step * this.peers + count)),
    );
  }

  private push(step: number, share: number): void {
    this.numbers[step * this.peers + this.counts[step]!] = share;
    this.counts[step]! += 1;
  }
}
