import type { EvaluationReport } from '@tallyhouse/forecasting';

/** The report of an evaluation by `model train`; undefined for one of another form. */
export function readReport(bytes: Uint8Array): EvaluationReport | undefined {
  const text = new TextDecoder().decode(bytes);
  const found = text.startsWith('{') ? (JSON.parse(text) as Partial<EvaluationReport>) : {};
  return found.format === 'tallyhouse-evaluation/1' && found.models ? (found as EvaluationReport) : undefined;
}
