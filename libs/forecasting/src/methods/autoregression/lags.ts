/**
 * The lags of a seasonal autoregression: the last values, the neighbourhood of each season ago, and,
 * where the history is long enough to tell, further whole seasons.
 *
 * @param length values of the history
 * @param seasons periods of each season, shortest first; 1 is none
 */
export function lagsFor(length: number, seasons: readonly number[]): number[] {
  const lags = new Set(length >= 30 ? [1, 2, 3, 4, 5, 6] : [1, 2, 3]);
  for (const season of seasons.filter((periods) => periods > 1)) {
    if (length >= 3.5 * season) [season - 1, season, season + 1].forEach((lag) => lags.add(lag));
    if (length >= 5 * season) lags.add(2 * season);
    if (season >= 7 && length >= 20 * season) {
      [3, 4, 5, 6].forEach((multiple) => lags.add(multiple * season));
    }
  }
  return [...lags].filter((lag) => lag > 0 && lag < length / 2).sort((a, b) => a - b);
}
