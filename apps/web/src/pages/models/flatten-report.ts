import { quantity } from '../../format/numbers.js';

const MOST_ROWS = 40;

/** Every leaf of a JSON value as a path and a text, at most 40 rows; `cut` says how many more there are. */
export function flattenReport(report: unknown): { rows: [string, string][]; cut: number } {
  const rows: [string, string][] = [];
  walk(report, '', rows);
  return { rows: rows.slice(0, MOST_ROWS), cut: Math.max(0, rows.length - MOST_ROWS) };
}

function walk(value: unknown, path: string, rows: [string, string][]): void {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) {
    rows.push([path || 'value', value.map(leaf).join(', ')]);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path} › ${key}` : key, rows);
    return;
  }
  rows.push([path || 'value', leaf(value)]);
}

function leaf(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1 ? value.toPrecision(3) : quantity(value);
}
