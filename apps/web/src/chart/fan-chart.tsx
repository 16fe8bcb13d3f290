import { useId } from 'react';
import { periodName } from '../format/times.js';
import { axisNumber, quantity } from '../format/numbers.js';
import { Axes } from './axes.js';
import { coverageName } from './bands.js';
import { fan, periods } from './fan-geometry.js';
import type { FuturePoint, HistoryPoint, Period } from './fan-geometry.js';
import { usePeriodSlider } from './use-period-slider.js';
import type { Scale } from './scales.js';
import { useWidth } from './use-width.js';

interface FanChartProps {
  label: string;
  frequency: string;
  history: readonly HistoryPoint[];
  points: readonly FuturePoint[];
  asOf: string | null;
  /** Starts of periods in which stock had run out. */
  outs: readonly string[];
}

const HEIGHT = 320;

export function FanChart({ label, frequency, history, points, asOf, outs }: FanChartProps) {
  const [box, width] = useWidth();
  const title = useId();
  const all = periods(history, points, frequency, outs);
  const firstAhead = all.findIndex((period) => period.mean !== null);
  const frame = { width, height: HEIGHT, left: 52, right: 16, top: 12, bottom: 30 };
  const drawn = fan(all, frame);
  const { at, slider } = usePeriodSlider(all.length, firstAhead === -1 ? all.length - 1 : firstAhead, frame);
  const plotEnd = HEIGHT - frame.bottom;
  // The last period that was over when the forecast was made.
  const told = asOf === null ? -1 : all.findLastIndex(({ start }) => Date.parse(start) < Date.parse(asOf));

  return (
    <figure className="chart">
      <Legend
        coverages={drawn.coverages}
        ahead={firstAhead !== -1}
        open={all.some(({ soFar }) => soFar !== null)}
        out={all.some(({ isOut }) => isOut)}
      />
      <div ref={box} className="chart-box">
        <svg
          width={width}
          height={HEIGHT}
          {...slider}
          aria-labelledby={title}
          aria-valuetext={readout(all[at], frequency)}
        >
          <title id={title}>{`${label}: history and forecast by period`}</title>
          <Axes
            frame={frame}
            domain={drawn.domain}
            x={drawn.x}
            y={drawn.y}
            starts={all.map((period) => period.start)}
            startName={(start) => periodName(start, frequency)}
            valueName={axisNumber}
          />
          <OutOfStock all={all} x={drawn.x} top={frame.top} end={plotEnd} />
          {drawn.bandPaths.map(({ coverage, path }, rank) => (
            <path key={coverage} className={`chart-band chart-band-${rank + 1}`} d={path} />
          ))}
          {told >= 0 ? <AsOf x={drawn.x(told)} end={plotEnd} right={told > all.length / 2} /> : null}
          <path className="chart-observed" d={drawn.observedPath} />
          <path className="chart-mean" d={drawn.meanPath} />
          <Outcomes all={all} x={drawn.x} y={drawn.y} />
          <line className="chart-cursor" x1={drawn.x(at)} x2={drawn.x(at)} y1={frame.top} y2={plotEnd} />
          <Marker period={all[at]} x={drawn.x(at)} y={drawn.y} />
        </svg>
      </div>
      <figcaption className="chart-readout">{readout(all[at], frequency)}</figcaption>
    </figure>
  );
}

interface LegendProps {
  coverages: number[];
  ahead: boolean;
  open: boolean;
  out: boolean;
}

function Legend({ coverages, ahead, open, out }: LegendProps) {
  return (
    <ul className="chart-legend">
      <li>
        <span className="key key-observed" /> Observed
      </li>
      {open ? (
        <li>
          <span className="key key-open" /> So far, the period is not over
        </li>
      ) : null}
      {out ? (
        <li>
          <span className="key key-out" /> Out of stock, sold is the least that was wanted
        </li>
      ) : null}
      {ahead ? (
        <li>
          <span className="key key-mean" /> Expected
        </li>
      ) : null}
      {coverages.toReversed().map((coverage) => (
        <li key={coverage}>
          <span className={`key key-band-${coverages.indexOf(coverage) + 1}`} /> {coverageName(coverage)} of
          outcomes
        </li>
      ))}
    </ul>
  );
}

/** What became of forecasts, filled; what came so far in a period that is not over, hollow. */
function Outcomes({ all, x, y }: { all: readonly Period[]; x: Scale; y: Scale }) {
  return all.map(({ start, observed, soFar, mean }, index) => {
    const value = observed ?? soFar;
    if (value === null || (observed !== null && mean === null)) return null;
    const kind = observed === null ? 'chart-open' : 'chart-outcome';
    return (
      <circle key={start} className={kind} cx={x(index)} cy={y(value)} r={observed === null ? 4.5 : 3.5} />
    );
  });
}

/** A column behind each period in which stock had run out, crossed out at its foot. */
function OutOfStock({ all, x, top, end }: { all: readonly Period[]; x: Scale; top: number; end: number }) {
  const half = Math.max(3, Math.min(10, (x(1) - x(0)) / 2));
  return all.map(({ start, isOut }, at) =>
    isOut ? (
      <g key={start} className="chart-out">
        <rect x={x(at) - half} y={top} width={2 * half} height={end - top} />
        <path d={`M${x(at) - 3} ${end - 9}l6 6m0 -6l-6 6`} />
      </g>
    ) : null,
  );
}

function AsOf({ x, end, right }: { x: number; end: number; right: boolean }) {
  return (
    <g className="chart-asof">
      <line x1={x} x2={x} y1={12} y2={end} />
      <text x={right ? x - 6 : x + 6} y={22} textAnchor={right ? 'end' : 'start'}>
        as of
      </text>
    </g>
  );
}

function Marker({ period, x, y }: { period: Period | undefined; x: number; y: (value: number) => number }) {
  const value = period?.mean ?? period?.observed ?? period?.soFar;
  return value === null || value === undefined ? null : (
    <circle className="chart-marker" cx={x} cy={y(value)} r={4} />
  );
}

function readout(period: Period | undefined, frequency: string): string {
  if (!period) return '';
  const parts = [
    period.observed === null ? '' : `observed ${quantity(period.observed)}`,
    period.soFar === null ? '' : `so far ${quantity(period.soFar)}, the period is not over`,
    outOfStock(period),
    period.mean === null ? '' : `expected ${quantity(period.mean)}`,
    ...period.bands
      .toReversed()
      .map((b) => `${coverageName(b.coverage)} between ${quantity(b.low)} and ${quantity(b.high)}`),
  ].filter(Boolean);
  return `${periodName(period.start, frequency)}: ${parts.join('; ') || 'not known'}`;
}

function outOfStock({ isOut, observed }: Period): string {
  if (!isOut) return '';
  return observed === null ? 'out of stock' : 'out of stock, so that is the least that was wanted';
}
