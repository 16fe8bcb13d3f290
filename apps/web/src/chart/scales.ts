export type Scale = (value: number) => number;

/** Maps domain to range in a straight line; a domain without width maps to the middle. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain;
  const [from, to] = range;
  if (high === low) return () => (from + to) / 2;
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** The place of each of `count` periods in pixels, the first and the last at the inner sides. */
export function placesOf(
  count: number,
  { width, left, right }: { width: number; left: number; right: number },
): Scale {
  return linear([0, Math.max(1, count - 1)], [left, width - right]);
}

/** A tenth of a pixel is as fine as a path needs. */
export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** A line through points in pixels. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** The round step, 1, 2 or 5 × 10ⁿ, that goes about `wanted` times into a domain that is wider than nothing. */
export function tickStep(low: number, high: number, wanted: number): number {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}

/** Round values 1, 2 or 5 × 10ⁿ apart that cover the domain, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low || wanted < 1) return [low];
  const step = tickStep(low, high, wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** A domain for quantities: starts at zero unless values go below, ends at the round value above the largest. */
export function quantityDomain(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  if (high === low) return [low, low + 1];
  const step = tickStep(low, high, 4);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

/** At most `most` of the items, evenly spaced, the last always among them. */
export function everyNth<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = Math.ceil(items.length / most);
  return items.filter((_, index) => (items.length - 1 - index) % step === 0);
}

/** How the label of one of `length` places stands to it, so that the outer ones stay inside. */
export function anchorOf(index: number, length: number): 'start' | 'middle' | 'end' {
  return index === 0 ? 'start' : index === length - 1 ? 'end' : 'middle';
}
