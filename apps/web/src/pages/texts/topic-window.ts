/** Over how long topics are looked at; the first is the usual one. */
export const WINDOWS = [
  { key: '2y', name: '2 years, by week', years: 2, frequency: 'WEEKLY' },
  { key: '1y', name: '1 year, by week', years: 1, frequency: 'WEEKLY' },
  { key: '5y', name: '5 years, by month', years: 5, frequency: 'MONTHLY' },
  { key: '20y', name: '20 years, by month', years: 20, frequency: 'MONTHLY' },
] as const;

const DAY_MS = 86_400_000;

/** The window that the address asks for; it ends with today in UTC, so that it is the same all day. */
export function topicWindow(search: URLSearchParams, nowMs: number) {
  const { years, frequency } = WINDOWS.find(({ key }) => key === search.get('window')) ?? WINDOWS[0];
  const to = new Date((Math.floor(nowMs / DAY_MS) + 1) * DAY_MS);
  const from = new Date(to);
  from.setUTCFullYear(from.getUTCFullYear() - years);
  return { frequency, window: { frequency, from: from.toISOString(), to: to.toISOString() } };
}

/** How likely so much talk is by chance, after all that was looked at. */
export function significance(qValue: number): string {
  if (qValue >= 0.001) return `${(qValue * 100).toFixed(1)} %`;
  const power = Math.floor(Math.log10(Math.max(qValue, 1e-99)));
  return `below 1 in 10${superscript(-power - 1)}`;
}

const superscript = (value: number): string =>
  String(value).replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
