import type { Frame } from './fan-geometry.js';
import { linear, linePath, tickStep, type Scale } from './scales.js';

/** About so many lines of equal value in a band. */
export const LINES = 2;

/** One part of a series over its periods, as a line in a band of the chart. */
export interface PartDrawing {
  readonly y: Scale;
  readonly domain: readonly [number, number];
  readonly path: string;
}

/**
 * A part as a line, in a domain of its own round values: what it swings about may be far from zero. A part that does not
 * move is a level line.
 */
export function partDrawing(
  values: readonly number[],
  x: Scale,
  frame: Pick<Frame, 'height' | 'bottom' | 'top'>,
): PartDrawing {
  const domain = roundDomain(values);
  const y = linear(domain, [frame.height - frame.bottom, frame.top]);
  return { y, domain, path: linePath(values.map((value, index) => [x(index), y(value)])) };
}

/** The round values around all of them. */
function roundDomain(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!(high > low)) return Number.isFinite(low) ? [low - 1, low + 1] : [0, 1];
  const step = tickStep(low, high, LINES);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}
