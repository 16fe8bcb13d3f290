import type { Frame } from './fan-geometry.js';
import { linear, quantityDomain, round, type Scale } from './scales.js';

/** A value that holds from a time on, until the next one. */
export interface Step {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly value: number;
}

export interface StepDrawing {
  /** Of milliseconds since 1970. */
  readonly x: Scale;
  readonly y: Scale;
  readonly domain: [number, number];
  readonly path: string;
  /** The same line closed down to zero. */
  readonly area: string;
}

/**
 * A line that changes only where the value does: level up to the next change, then straight up or down.
 *
 * @param steps in order of time
 * @param endMs how far the last value is known to hold
 */
export function stepDrawing(steps: readonly Step[], endMs: number, frame: Frame): StepDrawing {
  const first = steps[0]?.atMs ?? endMs;
  const domain = quantityDomain(steps.map(({ value }) => value));
  const x = linear([first, Math.max(first, endMs)], [frame.left, frame.width - frame.right]);
  const y = linear(domain, [frame.height - frame.bottom, frame.top]);
  const corners = steps.map(({ atMs, value }, index) =>
    index === 0 ? `M${round(x(atMs))} ${round(y(value))}` : `H${round(x(atMs))}V${round(y(value))}`,
  );
  const path = corners.length === 0 ? '' : `${corners.join('')}H${round(x(Math.max(first, endMs)))}`;
  return { x, y, domain, path, area: path && `${path}V${round(y(0))}H${round(x(first))}Z` };
}

/** The step that holds at a share of the time drawn, 0..1; -1 without any. */
export function stepAt(steps: readonly Step[], endMs: number, share: number): number {
  const first = steps[0]?.atMs ?? endMs;
  const atMs = first + share * (endMs - first);
  return steps.findLastIndex((step, index) => index === 0 || step.atMs <= atMs);
}

/** Times that are named under the line, evenly spread, both ends among them. */
export function timeMarks(fromMs: number, toMs: number, count: number): number[] {
  if (toMs <= fromMs || count < 2) return [fromMs];
  return Array.from({ length: count }, (_, index) => fromMs + ((toMs - fromMs) * index) / (count - 1));
}
