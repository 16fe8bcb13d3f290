import type { EvaluationReport } from '@tallyhouse/forecasting';
import { reportJson } from './report-json.js';

/** The report of an evaluation by `model train`; undefined for one of another form. */
export function readReport(bytes: Uint8Array): EvaluationReport | undefined {
  const found = reportJson<EvaluationReport>(bytes);
  return found.format === 'tallyhouse-evaluation/1' && found.models ? (found as EvaluationReport) : undefined;
}
