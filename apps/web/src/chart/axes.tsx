import { anchorOf, everyNth, ticks } from './scales.js';

/** Of one name, in pixels: the last stands left of its place, so a name and a half must fit between two. */
const TICK_ROOM = 136;

interface AxesProps {
  frame: { width: number; height: number; left: number; right: number };
  domain: readonly [number, number];
  x: (index: number) => number;
  y: (value: number) => number;
  /** First instant of each period, ISO 8601. */
  starts: readonly string[];
  /** How a start is said under the axis. */
  startName: (start: string) => string;
  valueName: (value: number) => string;
  /** About so many lines of equal value. */
  lines?: number;
}

/** Lines of equal value, and as many names of periods as have room. */
export function Axes({ frame, domain, x, y, starts, startName, valueName, lines = 4 }: AxesProps) {
  const { width, height, left, right } = frame;
  return (
    <>
      {ticks(domain[0], domain[1], lines).map((value) => (
        <g key={value} className="chart-grid">
          <line x1={left} x2={width - right} y1={y(value)} y2={y(value)} />
          <text x={left - 8} y={y(value)} dy="0.32em" textAnchor="end">
            {valueName(value)}
          </text>
        </g>
      ))}
      {everyNth([...starts.keys()], Math.max(2, Math.floor(width / TICK_ROOM))).map((index) => (
        <text
          key={index}
          className="chart-tick"
          x={x(index)}
          y={height - 8}
          textAnchor={anchorOf(index, starts.length)}
        >
          {startName(starts[index] ?? '')}
        </text>
      ))}
    </>
  );
}
