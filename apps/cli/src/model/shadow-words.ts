import type { ShadowComparisonRow, ShadowRecordRow } from '@tallyhouse/forecasting';

/** What a proposal says of a version's time in shadow, in a line. */
export function shadowWords(record?: ShadowRecordRow, comparison?: ShadowComparisonRow): string {
  if (!record) return 'it has not run in shadow';
  const { since, runs, scored } = record;
  const start = `since ${since.toISOString().slice(0, 10)}: ${runs} ${runs === 1 ? 'run' : 'runs'}, ${scored} forecasts scored`;
  if (scored === 0 || !comparison) return start;
  const figures = comparison.differences.map(({ measure, candidate, running: other, low, high }) => {
    const interval =
      low === null || high === null
        ? ''
        : `, difference ${low.toFixed(3)} to ${high.toFixed(3)} at ${Math.round(comparison.confidence * 100)} %`;
    const name = measure === 'mase' ? 'MASE' : 'sMAPE';
    return `${name} ${candidate.toFixed(3)} against ${other.toFixed(3)} of what ran${interval}`;
  });
  return `${start}; ${figures.join('; ')}`;
}
