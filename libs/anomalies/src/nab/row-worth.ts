/** First and last row of a labelled window, both inside. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

/** What an alarm on a row is worth: `window` is the one that holds the row, -1 where none does. */
export interface RowWorth {
  readonly window: number;
  /** 0 to 1 inside a window, -1 to 0 outside: to be multiplied by the profile's weight. */
  readonly worth: number;
}

const PROBATION_SHARE = 0.15;
const PROBATION_ROWS = 5000;
/** Past this many window widths a false alarm costs all. */
const FAR = 3;

/** Rows at the head of a file that are not scored: 15 %, of at most the first 5,000 rows. */
export function probationRows(rows: number): number {
  return Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_ROWS));
}

/** The scaled sigmoid of the benchmark: 1 well before a window's end, 0 at it, -1 long after. */
export function scaledSigmoid(y: number): number {
  return y > FAR ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

const EARLIEST = scaledSigmoid(-1);

/**
 * What an alarm on each row would be worth, by its place among the windows.
 *
 * @param windows in order of time, apart from each other
 * @example rowWorths(4, [{ first: 1, last: 2 }])[1] // { window: 0, worth: 1 }
 */
export function rowWorths(rows: number, windows: readonly RowWindow[]): RowWorth[] {
  let next = 0;
  return Array.from({ length: rows }, (_, row) => {
    while (next < windows.length && row > windows[next]!.last) next += 1;
    const current = windows[next];
    if (current && row >= current.first) {
      const y = -(current.last - row + 1) / (current.last - current.first + 1);
      return { window: next, worth: scaledSigmoid(y) / EARLIEST };
    }
    const before = windows[next - 1];
    if (!before) return { window: -1, worth: -1 };
    // A window of one row leaves no width to measure by: everything after it is far.
    const width = before.last - before.first;
    return { window: -1, worth: width === 0 ? -1 : scaledSigmoid((row - before.last) / width) };
  });
}
