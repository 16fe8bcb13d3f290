import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import type { Panel } from '../contract/panel.js';

/**
 * SHA-256 over a panel: frequency, then for each series its id, its start and its values as little-endian IEEE 754
 * doubles. Two panels with one digest give one model the same forecasts.
 *
 * @example panelSha256(panel) === panelSha256(structuredClone(panel)) // true
 */
export function panelSha256(panel: Panel): Hex {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(`${panel.frequency}|${panel.seasonLength}`)];
  for (const { id, start, values } of panel.series) {
    parts.push(encoder.encode(`|${id}|${start}|${values.length}|`));
    const bytes = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, index) => bytes.setFloat64(8 * index, value, true));
    parts.push(new Uint8Array(bytes.buffer));
  }
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return sha256Hex(all);
}
