import type { Covariate } from '../covariates/covariate-panel.js';
import type { Frequency } from '../contract/panel.js';
import { periodStartMs } from '../series/periods.js';
import type { CovariateStatement } from './statement.js';

const DAY_MS = 86_400_000;

/** A product of a partner at a site. */
export interface Place {
  readonly partner: string;
  readonly product: string;
  readonly site: string;
}

/** Periods that follow each other. */
export interface Periods {
  /** Number of the first. */
  readonly first: number;
  readonly count: number;
  readonly frequency: Frequency;
}

/** A statement in days since 1970. */
interface Said {
  readonly site: string | null;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly value: number | string;
  readonly saidMs: number;
}

const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
const keyOf = (partner: string, product: string, name: string): string =>
  JSON.stringify([partner, product, name]);

/** What partners said of covariates, and what of it was known at a moment. */
export class CovariateBook {
  private readonly said = new Map<string, Said[]>();
  private readonly sites = new Set<string>();

  /** @param statements in the order in which they were recorded */
  public constructor(statements: readonly CovariateStatement[]) {
    for (const { partner, product, name, site, firstDay, lastDay, value, saidAt } of statements) {
      const key = keyOf(partner, product, name);
      const days = { firstDay: dayOf(Date.parse(firstDay)), lastDay: dayOf(Date.parse(lastDay)) };
      const one: Said = { site, ...days, value, saidMs: saidAt.getTime() };
      const known = this.said.get(key);
      if (known) known.push(one);
      else this.said.set(key, [one]);
      if (site !== null) this.sites.add(`${key} ${site}`);
    }
    // What was recorded later counts among what was said at one moment: the order is kept.
    for (const known of this.said.values()) known.sort((a, b) => a.saidMs - b.saidMs);
  }

  /** Whether anything was said of a covariate of the product at this site alone. */
  public isOfSite({ partner, product, site }: Place, name: string): boolean {
    return this.sites.has(`${keyOf(partner, product, name)} ${site}`);
  }

  /**
   * A covariate of a product at a site by what had been said before a moment, the latest said counting, whether of the site or of all
   * sites; undefined where nothing had been. A number of a period is the mean of its days. Prices and words go on until something
   * else is said, and hold before the first that was said too (a word does not); other numbers are 0 where nothing is
   * said, and a word that the covariate does not have is none.
   *
   * @param before statements of this moment and later ones are not known, milliseconds since 1970
   */
  public path(
    { partner, product, site }: Place,
    covariate: Covariate,
    periods: Periods,
    before: number,
  ): Float64Array | undefined {
    const known = (this.said.get(keyOf(partner, product, covariate.name)) ?? []).filter(
      (one) => one.saidMs < before && (one.site === null || one.site === site),
    );
    const numbers = known.flatMap((one) => {
      const value = numberOf(one.value, covariate);
      return value === undefined ? [] : [{ ...one, value }];
    });
    if (numbers.length === 0) return undefined;
    const days = daysOf(numbers, covariate, periods);
    return byPeriod(days, covariate, periods);
  }
}

type Numbered = Omit<Said, 'value'> & { readonly value: number };

/** Undefined for what is no value of the covariate. */
function numberOf(value: number | string, { kind, words }: Covariate): number | undefined {
  if (kind === 'category') return words!.indexOf(String(value));
  return typeof value === 'number' ? value : undefined;
}

const startOf = ({ first, frequency }: Periods, at = 0): number =>
  dayOf(periodStartMs(first + at, frequency));

/** The value of each day, as it was said last; what is said of no day is filled as the kind has it. */
function daysOf(known: readonly Numbered[], { kind }: Covariate, periods: Periods): Float64Array {
  const begin = startOf(periods);
  const days = new Float64Array(startOf(periods, periods.count) - begin).fill(NaN);
  for (const { firstDay, lastDay, value } of known)
    if (lastDay >= begin) days.fill(value, Math.max(0, firstDay - begin), lastDay - begin + 1);
  if (kind === 'plain') return days.map((value) => (Number.isNaN(value) ? 0 : value));
  const first = days.find((value) => !Number.isNaN(value)) ?? NaN;
  const nothing = kind === 'category' ? -1 : first;
  let last = valueBefore(known, begin) ?? nothing;
  return days.map((value) => (last = Number.isNaN(value) ? last : value));
}

/** What held on the last day before a day of which something is said. */
function valueBefore(known: readonly Numbered[], begin: number): number | undefined {
  const earlier = known.filter(({ firstDay }) => firstDay < begin);
  const day = earlier.reduce((last, { lastDay }) => Math.max(last, Math.min(lastDay, begin - 1)), -Infinity);
  return earlier.findLast(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)?.value;
}

function byPeriod(days: Float64Array, { kind }: Covariate, periods: Periods): Float64Array {
  const begin = startOf(periods);
  return Float64Array.from({ length: periods.count }, (_, at) => {
    const own = days.subarray(startOf(periods, at) - begin, startOf(periods, at + 1) - begin);
    return kind === 'category' ? mostOf(own) : own.reduce((sum, value) => sum + value, 0) / own.length;
  });
}

/** The word of the most days, of those with as many the one that came first. */
function mostOf(days: Float64Array): number {
  const counts = new Map<number, number>();
  for (const word of days) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
