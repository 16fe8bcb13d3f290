const DAY_MS = 86_400_000;

/** The start of the period after one that starts then, in milliseconds since 1970, UTC. */
function nextStart(at: number, frequency: string): number {
  if (frequency !== 'MONTHLY') return at + (frequency === 'WEEKLY' ? 7 : 1) * DAY_MS;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/**
 * Starts of periods with those between them that are missing.
 *
 * @param starts milliseconds since 1970, ascending
 * @param frequency DAILY, WEEKLY or MONTHLY
 * @example startsThrough([Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 1)], 'MONTHLY').length // 3
 */
export function startsThrough(starts: readonly number[], frequency: string): number[] {
  return starts.flatMap((start, at) => {
    const through = [start];
    const end = starts[at + 1] ?? start;
    for (let next = nextStart(start, frequency); next < end; next = nextStart(next, frequency))
      through.push(next);
    return through;
  });
}
