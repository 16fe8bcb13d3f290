import { FINALITY_WINDOW } from '../store/checkpoint.js';
import type { RangeRequest } from './fetch-range.js';
import type { RangeSize } from './range-size.js';

const AHEAD = 4;

/** Fetches ranges in parallel, a few ahead of the one being written, and yields them in order. */
export async function* rangesAhead<Range>(
  from: number,
  head: number,
  size: RangeSize,
  fetch: (request: RangeRequest) => Promise<Range>,
): AsyncGenerator<Range> {
  const pending: Promise<Range>[] = [];
  const wholeFrom = head - FINALITY_WINDOW + 1;
  let next = from;
  while (next <= head || pending.length > 0) {
    while (next <= head && pending.length < AHEAD) {
      const to = Math.min(head, next + size.blocks - 1);
      const range = fetch({ from: next, to, wholeFrom });
      // A failure is seen when its turn comes; until then it must not count as unhandled.
      range.catch(() => undefined);
      pending.push(range);
      next = to + 1;
    }
    const first = pending.shift();
    if (first) yield await first;
  }
}
