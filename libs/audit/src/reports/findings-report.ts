import type { FindingRow } from '../findings/finding.rows.js';
import { csvOf } from './csv.js';

const HEAD = [
  ...['Rule', 'Severity', 'State', 'Subject', 'Happened (UTC)', 'What is wrong', 'Evidence', 'Raised (UTC)'],
  ...['Changed (UTC)', 'Block', 'Rule set', 'Assignee', 'Comment', 'Resolution', 'Finding'],
];

/** Findings as CSV, in the order given. */
export function findingsCsv(findings: readonly FindingRow[]): string {
  return csvOf(
    HEAD,
    findings.map((row) => [
      ...[row.rule, row.severity, row.state, row.subject, row.happenedAt, row.explanation],
      ...[row.evidence.join(' '), row.raisedAt, row.changedAt, row.asOfBlock, row.ruleSet],
      ...[row.assignee, row.comment, row.resolution, row.id],
    ]),
  );
}
