import { describe, expect, it } from '@jest/globals';
import { ALL, compareReports, readReport } from './report-figures.js';

const figures = (mase: number | null, inside = 0.8) => ({
  mase,
  smape: 20,
  crps: 3,
  coverage: { '0.8': inside },
});
const report = (models: Record<string, unknown>, folds: unknown[] = [{}]) =>
  new TextEncoder().encode(JSON.stringify({ format: 'tallyhouse-evaluation/1', horizon: 8, folds, models }));
const of = (mase: number | null, groups: Record<string, unknown> = {}, inside?: number) => ({
  overall: figures(mase, inside),
  groups,
});
const rowOf = (comparison: ReturnType<typeof compareReports>, group: string, measure: string) =>
  comparison?.rows.find((row) => row.group === group && row.measure === measure);

describe('readReport', () => {
  it.each([
    ['of another form', new TextEncoder().encode('{"format":"tallyhouse-report/1"}')],
    ['that measured nothing', report({}, [])],
    ['that is no JSON', new Uint8Array([1, 2, 3])],
  ])('gives null for a report %s', (_, content) => {
    expect(readReport(content)).toBeNull();
  });
});

describe('compareReports', () => {
  it('names each group where the new version is worse, though it is better overall', () => {
    const before = readReport(
      report({ 'candidate ses': of(0.9, { lanes: figures(0.7), sites: figures(0.9) }) }),
    );
    const after = readReport(
      report({ 'candidate theta': of(0.8, { lanes: figures(0.75), sites: figures(0.6) }) }),
    )!;
    const comparison = compareReports(before, after);
    expect(comparison?.against).toBe('the running version');
    expect(rowOf(comparison, ALL, 'MASE')).toMatchObject({ before: 0.9, after: 0.8, verdict: 'better' });
    expect(rowOf(comparison, 'lanes', 'MASE')?.verdict).toBe('worse');
    expect(rowOf(comparison, 'sites', 'MASE')?.verdict).toBe('better');
  });

  it('calls intervals better when they cover nearer to 80 %, from either side', () => {
    const before = readReport(report({ 'candidate ses': of(1, {}, 0.95) }));
    const after = readReport(report({ 'candidate theta': of(1, {}, 0.72) }))!;
    expect(rowOf(compareReports(before, after), ALL, 'Inside 80%')?.verdict).toBe('better');
    expect(rowOf(compareReports(after, before!), ALL, 'Inside 80%')?.verdict).toBe('worse');
  });

  it('stands the best simple method in for a running version that was never measured', () => {
    const models = { 'candidate theta': of(0.8), naive2: of(1.1), 'seasonal-naive': of(0.95) };
    const comparison = compareReports(null, readReport(report(models))!);
    expect(comparison?.against).toBe('the best simple method, seasonal-naive');
    expect(rowOf(comparison, ALL, 'MASE')).toMatchObject({ before: 0.95, verdict: 'better' });
  });

  it('calls nothing better or worse that has no figure or is shown alike', () => {
    const models = { 'candidate theta': of(null), naive2: of(0.9) };
    const comparison = compareReports(null, readReport(report(models))!);
    expect(rowOf(comparison, ALL, 'MASE')?.verdict).toBe('unknown');
    expect(rowOf(comparison, ALL, 'sMAPE')?.verdict).toBe('same');
  });

  it('compares nothing when no candidate was measured', () => {
    expect(compareReports(null, readReport(report({ naive2: of(1) }))!)).toBeNull();
  });
});
