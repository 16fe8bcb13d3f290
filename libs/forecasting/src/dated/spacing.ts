/** An even calendar: so many months, or so many milliseconds, from one period to the next. */
export type Spacing =
  | { readonly unit: 'month'; readonly step: number }
  | { readonly unit: 'ms'; readonly step: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

const monthOf = (timeMs: number): number => {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** What stands within the month: 31 is the last day, whichever that is. */
function placeInMonth(timeMs: number): string {
  const date = new Date(timeMs);
  const last = new Date(timeMs + DAY_MS).getUTCMonth() !== date.getUTCMonth();
  return `${last ? 31 : date.getUTCDate()} ${timeMs % DAY_MS}`;
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}

/**
 * The widest even calendar that all moments lie on, whatever is missing between them.
 *
 * @param times of each series, milliseconds since the epoch, rising
 * @returns undefined where no series has two moments
 */
export function spacingOf(times: readonly Float64Array[]): Spacing | undefined {
  const steps = (of: (timeMs: number) => number): number =>
    times.reduce(
      (common, moments) =>
        moments.reduce(
          (step, at, index) => (index === 0 ? step : divisor(step, of(at) - of(moments[index - 1]!))),
          common,
        ),
      0,
    );
  const ms = steps((timeMs) => timeMs);
  if (ms === 0) return undefined;
  const places = new Set(times.flatMap((moments) => Array.from(moments, placeInMonth)));
  const months = steps(monthOf);
  // Days that are all the first of a month are seen as months: February makes their days no multiple of anything.
  if (places.size === 1 && months > 0) return { unit: 'month', step: months };
  return { unit: 'ms', step: ms };
}

/** How many periods lie between two moments of one calendar. */
export function periodsBetween(from: number, to: number, { unit, step }: Spacing): number {
  return unit === 'ms' ? (to - from) / step : (monthOf(to) - monthOf(from)) / step;
}

/** The moment so many periods later; the last day of a month stays a last day. */
export function periodsLater(from: number, periods: number, { unit, step }: Spacing): number {
  if (unit === 'ms') return from + periods * step;
  const month = monthOf(from) + periods * step;
  const [year, inYear] = [Math.floor(month / 12), month % 12];
  const last = new Date(Date.UTC(year, inYear + 1, 0)).getUTCDate();
  const wasLast = placeInMonth(from).startsWith('31 ');
  const day = wasLast ? last : Math.min(new Date(from).getUTCDate(), last);
  return Date.UTC(year, inYear, day) + (from % DAY_MS);
}

/** A word for the spacing, as files of competitions have it, and the season that it has by nature. */
export function natureOf({ unit, step }: Spacing): {
  readonly period: string;
  readonly seasonLength: number;
} {
  if (unit === 'month') {
    const named: Readonly<Record<number, string>> = { 1: 'MONTHLY', 3: 'QUARTERLY', 12: 'YEARLY' };
    return { period: named[step] ?? `EVERY ${step} MONTHS`, seasonLength: 12 % step === 0 ? 12 / step : 1 };
  }
  if (step === WEEK_MS) return { period: 'WEEKLY', seasonLength: 52 };
  if (step === DAY_MS) return { period: 'DAILY', seasonLength: 7 };
  if (step === 60 * MINUTE_MS) return { period: 'HOURLY', seasonLength: 24 };
  const inDay = step >= MINUTE_MS && DAY_MS % step === 0 ? DAY_MS / step : 1;
  return {
    period: step % MINUTE_MS === 0 ? `EVERY ${step / MINUTE_MS} MINUTES` : `EVERY ${step / 1000} SECONDS`,
    seasonLength: inDay,
  };
}
