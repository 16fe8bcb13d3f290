import type { EvaluationReport } from '@tallyhouse/forecasting';

/** The figures that voters need, each also in the report whose hash is on chain. */
export function demandSummary(report: EvaluationReport): string {
  if (report.folds.length === 0) return 'Nothing was measured: the report holds no backtest.';
  const figure = (value: number | null): string => value?.toFixed(3) ?? 'none';
  const rows = Object.entries(report.models).map(
    ([label, { overall }]) =>
      `| ${label} | ${figure(overall.mase)} | ${figure(overall.smape)} | ${figure(overall.crps)} |`,
  );
  return [
    `Rolling-origin backtest: ${report.folds.length} origins, ${report.horizon} weeks ahead.`,
    '',
    '| model | MASE | sMAPE % | CRPS |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
