import type { TopicTrend } from '@tallyhouse/nlp';

const WIDTH = 780;
const ROW = 46;
const LEFT = 350;
const RIGHT = 12;
const YEARS = 4;
const FIRST_YEAR = 2010;

/** Small multiples: for each topic its share by quarter, bursts shaded, changes of level as ticks. */
export function drawTopics(names: readonly string[], trends: readonly TopicTrend[]): string {
  const quarters = trends[0]?.periods.length ?? 0;
  const x = (quarter: number): number => LEFT + (quarter / quarters) * (WIDTH - LEFT - RIGHT);
  const rows = trends.map((trend, row) => {
    const top = 24 + row * ROW;
    const shares = trend.periods.map(({ count, total }) => (total === 0 ? 0 : count / total));
    const most = Math.max(...shares, 0.01);
    const y = (share: number): number => top + ROW - 10 - (share / most) * (ROW - 16);
    const bursts = trend.bursts.map(
      ({ from, to }) =>
        `<rect x="${x(from).toFixed(1)}" y="${top}" width="${(x(to + 1) - x(from)).toFixed(1)}" height="${ROW - 10}" fill="#f3c9a8"/>`,
    );
    const line = shares
      .map((share, quarter) => `${x(quarter + 0.5).toFixed(1)},${y(share).toFixed(1)}`)
      .join(' ');
    const changes = trend.changes.map(
      (at) => `<path d="M${x(at).toFixed(1)} ${top}v${ROW - 10}" stroke="#3b4aa0" stroke-dasharray="2 2"/>`,
    );
    return `${bursts.join('')}<polyline points="${line}" fill="none" stroke="#12513c" stroke-width="1.3"/>${changes.join('')}<text x="6" y="${top + 22}">${escaped(names[row]!)}</text><text x="${LEFT - 6}" y="${top + 10}" text-anchor="end" fill="#666">${(100 * most).toFixed(0)} %</text>`;
  });
  const height = 24 + trends.length * ROW + 20;
  const years = Array.from(
    { length: Math.ceil(quarters / YEARS) },
    (_, year) =>
      `<text x="${x(year * YEARS).toFixed(1)}" y="${height - 6}">${year % 3 === 0 ? FIRST_YEAR + year : ''}</text><path d="M${x(year * YEARS).toFixed(1)} 20V${height - 20}" stroke="#e3e8e5"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${years.join('')}${rows.join('\n')}</svg>\n`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
