import { createHash } from 'node:crypto';
import { FUSION, type FusionConfig } from '../fusion/fusion-config.js';

const FORMAT = 'tallyhouse-anomaly-fusion/1';

/** SHA-256 of the detectors' parameters: rows with one version come from one way of judging. */
export function modelVersionOf(config: FusionConfig = FUSION): string {
  const weights = Object.entries(config.weights).sort(([a], [b]) => (a < b ? -1 : 1));
  const { cap, lengthPenalty, quietValues, quietShare } = config;
  const text = JSON.stringify([FORMAT, weights, cap, lengthPenalty, quietValues, quietShare]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
