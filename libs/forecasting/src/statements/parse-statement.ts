import { productUri, siteUri } from '@tallyhouse/supply-chain';
import { isCovariateName } from '../artifact/tide-config.js';
import { STOCK_OUT, type GivenStatement, type NewStatement, type StatementFault } from './statement.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const DAY_MS = 86_400_000;
/** Ten years: what is said for longer is a slip. */
const MOST_DAYS = 3_660;
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const LARGEST = 1e12;
const LONGEST_WORD = 80;

class Fault extends Error {
  public constructor(
    public readonly field: string,
    public readonly reason: string,
  ) {
    super(reason);
  }
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

function dayOf(field: string, text: string): number {
  const ms = DAY.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw new Fault(field, `${quoted(text)} is no day; write 2026-03-01`);
  if (ms < EARLIEST_MS || ms >= LATEST_MS)
    throw new Fault(field, `${text} is not between 1990-01-01 and 2099-12-31; look for a slip`);
  return ms;
}

function valueOf(text: string): number | string {
  if (text === '') throw new Fault('value', 'is empty; write a number, or a word such as a supplier');
  if (!NUMBER.test(text)) {
    if (text.length > LONGEST_WORD || /\p{Cc}/u.test(text))
      throw new Fault(
        'value',
        `${quoted(text)} is no word of at most ${LONGEST_WORD} characters; shorten it, or write a number with a point`,
      );
    return text;
  }
  if (Math.abs(Number(text)) > LARGEST)
    throw new Fault('value', `${quoted(text)} is larger than ${LARGEST}; write it in a larger unit`);
  return Number(text);
}

/** A shelf is empty for all of its days, for none or for a share of them. */
function shareOf(value: number | string): number | string {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new Fault(
    'value',
    `${quoted(String(value))} is no share of the days from 0 to 1; write 1 for a shelf that was empty throughout, 0 to take that back`,
  );
}

function momentOf(text: string, now: Date): Date {
  const moment = new Date(MOMENT.test(text) ? text : NaN);
  if (Number.isNaN(moment.getTime()))
    throw new Fault('said', `${quoted(text)} is no time; write 2026-02-15 or 2026-02-15T09:00:00Z`);
  if (moment > now)
    throw new Fault(
      'said',
      `${text} is yet to come; leave it empty for what is said now, at ${now.toISOString()}`,
    );
  return moment;
}

function placed(field: string, of: (text: string) => string, text: string): string {
  try {
    return of(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Fault(field, words.replace(/^resource: /, ''));
  }
}

/**
 * Reads a statement from a source that need not be trusted.
 *
 * @param now what is said without a time is said now, and nothing is said later
 */
export function parseStatement(given: GivenStatement, now: Date): NewStatement | StatementFault {
  try {
    const name = given.covariate.trim();
    if (!isCovariateName(name))
      throw new Fault(
        'covariate',
        `${quoted(name)} is no name; write a word such as price, 40 letters and digits at most`,
      );
    const [from, to] = [given.from.trim(), given.to.trim()];
    const days = (dayOf('to', to) - dayOf('from', from)) / DAY_MS + 1;
    if (days < 1) throw new Fault('to', `${to} is before ${from}; both days are included`);
    if (days > MOST_DAYS)
      throw new Fault('to', `${days} days, at most ${MOST_DAYS} are said at once; a price goes on by itself`);
    const value = valueOf(given.value.trim());
    const [site, said] = [given.site?.trim() ?? '', given.said?.trim() ?? ''];
    return {
      name,
      product: placed('product', productUri, given.product.trim()),
      site: site === '' ? null : placed('site', siteUri, site),
      firstDay: from,
      lastDay: to,
      value: name === STOCK_OUT ? shareOf(value) : value,
      saidAt: said === '' ? now : momentOf(said, now),
    };
  } catch (error) {
    if (error instanceof Fault) return { field: error.field, reason: error.reason };
    throw error;
  }
}

/** Whether a statement could not be read. */
export const isFault = (read: NewStatement | StatementFault): read is StatementFault => 'reason' in read;
