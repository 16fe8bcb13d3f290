import { useId } from 'react';
import { percent } from '../format/numbers.js';
import { periodName } from '../format/times.js';
import { Axes } from './axes.js';
import { shareDrawing } from './share-geometry.js';
import type { SharePoint, ShareStretch } from './share-geometry.js';
import { usePeriodSlider } from './use-period-slider.js';
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

/** The share of a topic over time, its bursts shaded, read period by period with the arrow keys or a pointer. */
export function ShareChart({ label, frequency, points, bursts, changes }: ShareChartProps) {
  const [box, width] = useWidth();
  const title = useId();
  const frame = { width, height: HEIGHT, left: 48, right: 16, top: 12, bottom: 30 };
  const drawn = shareDrawing(points, bursts, frame);
  const { at, slider } = usePeriodSlider(points.length, points.length - 1, frame);
  const bottom = HEIGHT - frame.bottom;
  const words = readout(points[at], frequency, bursts, changes);
  return (
    <figure className="chart">
      <div ref={box} className="chart-box chart-box-low">
        <svg width={width} height={HEIGHT} {...slider} aria-labelledby={title} aria-valuetext={words}>
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
          <Axes
            frame={frame}
            domain={drawn.domain}
            x={drawn.x}
            y={drawn.y}
            starts={points.map((point) => point.periodStart)}
            startName={(start) => periodName(start, frequency)}
            valueName={(value) => `${value}%`}
          />
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
