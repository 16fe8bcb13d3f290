import { useId } from 'react';
import { axisNumber, quantity } from '../format/numbers.js';
import { periodName } from '../format/times.js';
import { Axes } from './axes.js';
import { LINES, partDrawing } from './parts-geometry.js';
import { placesOf } from './scales.js';
import { usePeriodSlider } from './use-period-slider.js';
import { useWidth } from './use-width.js';

/** One part over all periods. */
export interface ChartPart {
  readonly name: string;
  readonly values: readonly number[];
}

interface PartsChartProps {
  label: string;
  frequency: string;
  starts: readonly string[];
  parts: readonly ChartPart[];
}

const BAND = 104;
const GAP = 26;
const FOOT = 30;

/** Parts of a series under one another over the same periods, read together period by period. */
export function PartsChart({ label, frequency, starts, parts }: PartsChartProps) {
  const [box, width] = useWidth();
  const title = useId();
  const height = parts.length * (BAND + GAP) + FOOT;
  const sides = { width, left: 52, right: 16 };
  const { at, slider } = usePeriodSlider(starts.length, starts.length - 1, sides);
  const x = placesOf(starts.length, sides);
  const words = readout(starts[at], frequency, parts, at);
  return (
    <figure className="chart">
      <div ref={box} className="chart-parts" style={{ height }}>
        <svg width={width} height={height} {...slider} aria-labelledby={title} aria-valuetext={words}>
          <title id={title}>{`${label}: ${parts.map(({ name }) => name.toLowerCase()).join(', ')}`}</title>
          {parts.map((part, index) => (
            <Part
              key={part.name}
              part={part}
              at={at}
              x={x}
              frame={{ ...sides, ...bandOf(index), height: index === parts.length - 1 ? height : 0 }}
              starts={index === parts.length - 1 ? starts : []}
              frequency={frequency}
            />
          ))}
          <line className="chart-cursor" x1={x(at)} x2={x(at)} y1={GAP} y2={height - FOOT} />
        </svg>
      </div>
      <figcaption className="chart-readout">{words}</figcaption>
    </figure>
  );
}

const bandOf = (index: number) => ({ top: index * (BAND + GAP) + GAP, end: (index + 1) * (BAND + GAP) });

interface PartProps {
  part: ChartPart;
  at: number;
  x: (index: number) => number;
  frame: { width: number; left: number; right: number; top: number; end: number; height: number };
  /** Named under the last band alone. */
  starts: readonly string[];
  frequency: string;
}

function Part({ part, at, x, frame, starts, frequency }: PartProps) {
  const { top, end, height } = frame;
  const drawn = partDrawing(part.values, x, { top, height: end, bottom: 0 });
  return (
    <g>
      <text className="chart-part-name" x={frame.left} y={top - 9}>
        {part.name}
      </text>
      <Axes
        frame={{ ...frame, height }}
        domain={drawn.domain}
        x={x}
        y={drawn.y}
        starts={starts}
        startName={(start) => periodName(start, frequency)}
        valueName={axisNumber}
        lines={LINES}
      />
      <path className="chart-observed" d={drawn.path} />
      <circle className="chart-marker" cx={x(at)} cy={drawn.y(part.values[at] ?? 0)} r={3.5} />
      <line className="chart-floor" x1={frame.left} x2={frame.width - frame.right} y1={end} y2={end} />
    </g>
  );
}

function readout(
  start: string | undefined,
  frequency: string,
  parts: readonly ChartPart[],
  at: number,
): string {
  if (start === undefined) return '';
  const said = parts.map(({ name, values }) => `${name.toLowerCase()} ${quantity(values[at] ?? NaN)}`);
  return `${periodName(start, frequency)}: ${said.join(', ')}`;
}
