import { useId, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { percent } from '../format/numbers.js';
import { periodName } from '../format/times.js';
import { anchorOf, everyNth, ticks } from './scales.js';
import { shareDrawing } from './share-geometry.js';
import type { SharePoint, ShareStretch } from './share-geometry.js';
import { useWidth } from './use-width.js';

interface ShareChartProps {
  label: string;
  frequency: string;
  points: readonly SharePoint[];
  bursts: readonly ShareStretch[];
  /** Starts of periods from which on the share is another. */
  changes: readonly string[];
}

const HEIGHT = 220;
const TICK_ROOM = 116;

/** The share of a topic over time, its bursts shaded, read period by period with the arrow keys or a pointer. */
export function ShareChart({ label, frequency, points, bursts, changes }: ShareChartProps) {
  const [box, width] = useWidth();
  const title = useId();
  const [picked, setPicked] = useState<number | null>(null);
  const last = points.length - 1;
  const at = Math.min(picked ?? last, last);
  const frame = { width, height: HEIGHT, left: 48, right: 16, top: 12, bottom: 30 };
  const drawn = shareDrawing(points, bursts, frame);
  const bottom = HEIGHT - frame.bottom;
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const from = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = (from - frame.left) / (width - frame.left - frame.right);
    setPicked(Math.max(0, Math.min(last, Math.round(share * last))));
  };
  const step = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setPicked(Math.max(0, Math.min(last, at + move)));
  };
  const words = readout(points[at], frequency, bursts, changes);
  return (
    <figure className="chart">
      <div ref={box} className="chart-box chart-box-low">
        <svg
          width={width}
          height={HEIGHT}
          role="slider"
          tabIndex={0}
          aria-labelledby={title}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={at}
          aria-valuetext={words}
          onPointerMove={pick}
          onPointerDown={pick}
          onKeyDown={step}
        >
          <title id={title}>{`${label}: share of all texts by period`}</title>
          {drawn.stretches.map((stretch, index) => (
            <rect
              key={index}
              className="chart-burst"
              {...stretch}
              y={frame.top}
              height={bottom - frame.top}
            />
          ))}
          {ticks(drawn.domain[0], drawn.domain[1], 4).map((value) => (
            <g key={value} className="chart-grid">
              <line x1={frame.left} x2={width - frame.right} y1={drawn.y(value)} y2={drawn.y(value)} />
              <text x={frame.left - 8} y={drawn.y(value)} dy="0.32em" textAnchor="end">
                {value}%
              </text>
            </g>
          ))}
          {everyNth([...points.keys()], Math.max(2, Math.floor(width / TICK_ROOM))).map((index) => (
            <text
              key={index}
              className="chart-tick"
              x={drawn.x(index)}
              y={HEIGHT - 8}
              textAnchor={anchorOf(index, points.length)}
            >
              {periodName(points[index]!.periodStart, frequency)}
            </text>
          ))}
          <path className="chart-observed" d={drawn.path} />
          <line className="chart-cursor" x1={drawn.x(at)} x2={drawn.x(at)} y1={frame.top} y2={bottom} />
          {points[at] && points[at].total > 0 ? (
            <circle className="chart-marker" cx={drawn.x(at)} cy={drawn.y(points[at].share * 100)} r={4} />
          ) : null}
        </svg>
      </div>
      <figcaption className="chart-readout">{words}</figcaption>
    </figure>
  );
}

function readout(
  point: SharePoint | undefined,
  frequency: string,
  bursts: readonly ShareStretch[],
  changes: readonly string[],
): string {
  if (!point) return '';
  const at = Date.parse(point.periodStart);
  const inBurst = bursts.some(({ from, to }) => Date.parse(from) <= at && at <= Date.parse(to));
  const isChange = changes.some((change) => Date.parse(change) === at);
  const share =
    point.total === 0 ? 'no texts' : `${percent(point.share)}, ${point.count} of ${point.total} texts`;
  return `${periodName(point.periodStart, frequency)}: ${share}${inBurst ? '; in a burst' : ''}${isChange ? '; from here on another level' : ''}`;
}
