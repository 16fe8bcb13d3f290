/** A date found in a text. */
export interface FoundDate {
  readonly start: number;
  readonly end: number;
  /** ISO-8601, shortened where day or year is not said. */
  readonly value: string;
  /** Day and month could be the other way round, or the year is not said. */
  readonly doubtful: boolean;
  /** Needs a word before it that says that a date comes: `5/18`, `may 20`, `021018`. */
  readonly needsCue: boolean;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = "(?:20\\d\\d|'?\\d\\d)";
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const EDGE = '(?<![\\p{L}\\d/])';
const CLOSE = '(?![\\p{L}\\d/]|-\\d)';

type Read = (groups: Record<string, string>) => Omit<FoundDate, 'start' | 'end'> | undefined;

const sure = (value: string): ReturnType<Read> => ({ value, doubtful: false, needsCue: false });
const needing = (value: string): ReturnType<Read> => ({ value, doubtful: true, needsCue: true });

/** Written forms, the more telling first. */
const FORMS: readonly (readonly [RegExp, Read])[] = [
  [form(`(?<y>20\\d\\d)[-/.](?<m>0?[1-9]|1[0-2])[-/.](?<d>${DAY})`), ({ y, m, d }) => whole(y, m, d)],
  [
    form(`(?<a>\\d{1,2})(?<s>[-/.])(?<b>\\d{1,2})\\k<s>(?<y>20\\d\\d|\\d\\d)`, '(?!\\d)'),
    ({ a, b, y }) => numeric(a!, b!, y!),
  ],
  [
    form(`(?<n>${MONTH})[ /-]?(?<d>${DAY})(?:st|nd|rd|th)?,? ?[ /-]?(?<y>20\\d\\d)`),
    ({ y, n, d }) => whole(y, monthOf(n!), d),
  ],
  [
    form(`(?<d>${DAY})(?:st|nd|rd|th)?[ /-]?(?<n>${MONTH})[ /-]?,? ?(?<y>${YEAR})`),
    ({ y, n, d }) => whole(y, monthOf(n!), d),
  ],
  [
    form(`(?<n>${MONTH}) (?<d>${DAY}),? (?<y>'?[12]\\d)`, '(?![\\p{L}\\d]| ?(?:am|pm|oz|lb)\\b)'),
    ({ y, n, d }) => whole(y, monthOf(n!), d),
  ],
  [form(`(?<n>${MONTH})(?<d>[0-3]\\d)(?<y>[12]\\d)`), ({ y, n, d }) => whole(y, monthOf(n!), d)],
  [form(`(?<n>${MONTH})[ /-]?(?<y>20\\d\\d)`), ({ y, n }) => sure(`${fullYear(y!)}-${monthOf(n!)}`)],
  [form(`(?<y>20[012]\\d)-(?<m>0[1-9]|1[0-2])`), ({ y, m }) => sure(`${y}-${m}`)],
  [form(`(?<m>0[1-9]|1[0-2])[ /](?<y>20[012]\\d)`), ({ y, m }) => needing(`${y}-${m}`)],
  [
    form(`(?<n>${MONTH})[ /-]?(?<d>${DAY})(?:st|nd|rd|th)?`, '(?![\\p{L}\\d])'),
    ({ n, d }) => dayOfYear(monthOf(n!), d!),
  ],
  [form(`(?<d>${DAY})(?:st|nd|rd|th)?[ /-]?(?<n>${MONTH})`), ({ n, d }) => dayOfYear(monthOf(n!), d!)],
  [
    form(`(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])(?<y>[12]\\d)`, '(?![\\p{L}\\d/-])'),
    ({ y, m, d }) => cued(whole(y, m, d)),
  ],
  [form(`(?<m>0?[1-9]|1[0-2])[/ ](?<d>${DAY})`, '(?![\\d/-])'), ({ m, d }) => dayOfYear(two(m!), d!)],
  [
    form(`(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])`, '(?![\\p{L}\\d/-])'),
    ({ m, d }) => dayOfYear(m!, d!),
  ],
];

/**
 * Every date that a text could hold, in order, none overlapping another.
 *
 * @example findDates('best by 11/9/2016')[0]?.value // '2016-11-09'
 */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const [pattern, read] of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && end > other.start)) continue;
      const date = read(match.groups as Record<string, string>);
      if (date) found.push({ start, end, ...date });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function form(pattern: string, close = CLOSE): RegExp {
  return new RegExp(`${EDGE}${pattern}${close}`, 'giu');
}

/** US order of month and day unless it cannot be. */
function numeric(a: string, b: string, year: string): ReturnType<Read> {
  const [first, second] = [Number(a), Number(b)];
  if (first > 12) return whole(year, b, a);
  const date = whole(year, a, b);
  return date && { ...date, doubtful: first <= 12 && second <= 12 && first !== second };
}

function whole(year = '', month = '', day = ''): ReturnType<Read> {
  const [y, m, d] = [fullYear(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined;
  return sure(date.toISOString().slice(0, 10));
}

function dayOfYear(month: string, day: string): ReturnType<Read> {
  return whole('2000', month, day) && needing(`--${month}-${two(day)}`);
}

function cued(date: ReturnType<Read>): ReturnType<Read> {
  return date && { ...date, needsCue: true };
}

function monthOf(name: string): string {
  return two(String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1));
}

function fullYear(year: string): number {
  const digits = Number(year.replace("'", ''));
  return digits < 100 ? 2_000 + digits : digits;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
