import { createHash } from 'node:crypto';
import type { Hex } from '@tallyhouse/proofs';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { CovariatePanel, CovariateSeries } from '../covariates/covariate-panel.js';

/** The digest of a panel that is read bit by bit. */
export class PanelDigest {
  private readonly hash = createHash('sha256');

  public constructor({
    frequency,
    seasonLength,
    covariates,
  }: Pick<Panel, 'frequency' | 'seasonLength'> & Partial<Pick<CovariatePanel, 'covariates'>>) {
    this.hash.update(`${frequency}|${seasonLength}`);
    for (const { name, kind, words } of covariates ?? [])
      this.hash.update(`|${JSON.stringify([name, kind, words ?? []])}`);
  }

  /** The next series, in the order of the panel. */
  public add(series: readonly SeriesInput[]): void {
    for (const one of series) {
      this.hash.update(`|${one.id}|${one.start}|${one.values.length}|`);
      this.addNumbers(one.values);
      for (const path of (one as Partial<CovariateSeries>).covariates ?? []) {
        this.hash.update(`|${path.length}|`);
        this.addNumbers(path);
      }
    }
  }

  private addNumbers(values: Float64Array): void {
    const bytes = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, index) => bytes.setFloat64(8 * index, value, true));
    this.hash.update(bytes);
  }

  /** Nothing can be added after it. */
  public sha256(): Hex {
    return `0x${this.hash.digest('hex')}`;
  }
}

/**
 * SHA-256 over a panel: frequency, then for each series its id, its start and its values as little-endian IEEE 754
 * doubles; where there are covariates also what they are, and after the values of each series theirs. Two panels with one digest give one model the same forecasts.
 *
 * @example panelSha256(panel) === panelSha256(structuredClone(panel)) // true
 */
export function panelSha256(panel: Panel): Hex {
  const digest = new PanelDigest(panel);
  digest.add(panel.series);
  return digest.sha256();
}
