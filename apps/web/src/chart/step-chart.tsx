import { useId } from 'react';
import { axisNumber, quantity } from '../format/numbers.js';
import { dateOnly, dateTime, timeOnly } from '../format/times.js';
import { Axes } from './axes.js';
import { stepAt, stepDrawing, timeMarks } from './step-geometry.js';
import type { Step } from './step-geometry.js';
import { usePeriodSlider } from './use-period-slider.js';
import { useWidth } from './use-width.js';

interface StepChartProps {
  label: string;
  /** What the value is of: `votes`. */
  unit: string;
  /** In order of time, one at least. */
  steps: readonly Step[];
  /** How far the last value is known to hold, milliseconds since 1970. */
  endMs: number;
}

const HEIGHT = 220;
const MARK_ROOM = 130;
const TWO_DAYS_MS = 2 * 86_400_000;

/** A value that holds until it changes, read change by change with the arrow keys or a pointer. */
export function StepChart({ label, unit, steps, endMs }: StepChartProps) {
  const [box, width] = useWidth();
  const title = useId();
  const frame = { width, height: HEIGHT, left: 52, right: 16, top: 12, bottom: 30 };
  const drawn = stepDrawing(steps, endMs, frame);
  const { at, slider } = usePeriodSlider(steps.length, steps.length - 1, frame, (share) =>
    stepAt(steps, endMs, share),
  );
  const fromMs = steps[0]?.atMs ?? endMs;
  const marks = timeMarks(fromMs, endMs, Math.max(2, Math.floor(width / MARK_ROOM)));
  const nameOf = endMs - fromMs < TWO_DAYS_MS ? timeOnly : dateOnly;
  const bottom = HEIGHT - frame.bottom;
  const words = readout(steps, at, unit);
  return (
    <figure className="chart">
      <div ref={box} className="chart-box chart-box-low">
        <svg width={width} height={HEIGHT} {...slider} aria-labelledby={title} aria-valuetext={words}>
          <title id={title}>{`${label} over time`}</title>
          <Axes
            frame={frame}
            domain={drawn.domain}
            x={(index) => drawn.x(marks[index] ?? fromMs)}
            y={drawn.y}
            starts={marks.map((mark) => new Date(mark).toISOString())}
            startName={(start) => nameOf(start)}
            valueName={axisNumber}
          />
          <path className="chart-area" d={drawn.area} />
          <path className="chart-observed" d={drawn.path} />
          <Cursor x={drawn.x(steps[at]?.atMs ?? fromMs)} top={frame.top} bottom={bottom} />
          <circle
            className="chart-marker"
            cx={drawn.x(steps[at]?.atMs ?? fromMs)}
            cy={drawn.y(steps[at]?.value ?? 0)}
            r={4}
          />
        </svg>
      </div>
      <figcaption className="chart-readout">{words}</figcaption>
    </figure>
  );
}

function Cursor({ x, top, bottom }: { x: number; top: number; bottom: number }) {
  return <line className="chart-cursor" x1={x} x2={x} y1={top} y2={bottom} />;
}

function readout(steps: readonly Step[], at: number, unit: string): string {
  const step = steps[at];
  if (!step) return '';
  const until = steps[at + 1];
  const from = dateTime(new Date(step.atMs).toISOString());
  const held = until ? `until ${dateTime(new Date(until.atMs).toISOString())}` : 'until now';
  return `${quantity(step.value)} ${unit} from ${from} ${held}`;
}
