import type { Frame } from './fan-geometry.js';
import { linear, placesOf, quantityDomain, round, type Scale } from './scales.js';

/** A share of one period. */
export interface SharePoint {
  readonly periodStart: string;
  readonly count: number;
  readonly total: number;
  readonly share: number;
}

/** A stretch of periods, first and last by their start. */
export interface ShareStretch {
  readonly from: string;
  readonly to: string;
}

export interface ShareDrawing {
  readonly x: Scale;
  readonly y: Scale;
  readonly domain: [number, number];
  readonly path: string;
  /** Bursts as rectangles in pixels, at least as wide as one period. */
  readonly stretches: readonly { readonly x: number; readonly width: number }[];
}

/** The line of a share over time and its bursts; a period without any text has no point. */
export function shareDrawing(
  points: readonly SharePoint[],
  stretches: readonly ShareStretch[],
  frame: Frame,
): ShareDrawing {
  const domain = quantityDomain(points.map(({ share }) => share * 100));
  const x = placesOf(points.length, frame);
  const y = linear(domain, [frame.height - frame.bottom, frame.top]);
  const half = points.length > 1 ? (x(1) - x(0)) / 2 : 4;
  const placeOf = new Map(points.map(({ periodStart }, index) => [Date.parse(periodStart), index]));
  let drawing = false;
  const path = points
    .map(({ share, total }, index) => {
      if (total === 0) {
        drawing = false;
        return '';
      }
      const step = `${drawing ? 'L' : 'M'}${round(x(index))} ${round(y(share * 100))}`;
      drawing = true;
      return step;
    })
    .join('');
  return {
    x,
    y,
    domain,
    path,
    stretches: stretches.flatMap(({ from, to }) => {
      const [first, last] = [placeOf.get(Date.parse(from)), placeOf.get(Date.parse(to))];
      if (first === undefined || last === undefined) return [];
      const start = Math.max(frame.left, x(first) - half);
      const end = Math.min(frame.width - frame.right, x(last) + half);
      return [{ x: round(start), width: round(end - start) }];
    }),
  };
}
