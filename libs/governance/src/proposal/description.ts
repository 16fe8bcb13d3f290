import { GovernanceError } from '../governance.errors.js';
import type { Hex } from '@tallyhouse/proofs';

const MAX_TITLE_LENGTH = 200;
const MAX_SUMMARY_LENGTH = 32_768;
const PROPOSER_LINE = /^#proposer=0x[0-9a-fA-F]{40}$/;
const PROPOSER_LINE_LENGTH = 52;

/** The evidence that a description repeats for those who vote. Hashes as on the chain. */
export interface ModelEvidence {
  readonly familyName: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  readonly reportSha256: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: bigint | number;
  readonly uri: string;
  /** The version in force today; absent when the family has none. */
  readonly replacesVersionId?: Hex;
  /** What its time in shadow says; absent for what does not forecast. */
  readonly shadow?: string;
}

/**
 * Writes a proposal's Markdown. Its last line names the proposer: OpenZeppelin's Governor then takes the proposal from
 * nobody else, so it cannot be put forward first by a stranger who cancels it.
 *
 * @throws GovernanceError `PROPOSAL_INVALID` when the title is empty, long or of several lines, or the summary too long
 */
export function proposalDescription(
  title: string,
  summary: string,
  evidence: ModelEvidence,
  proposer: Hex,
): string {
  return [
    `# ${checkedTitle(title)}`,
    ...(checkedSummary(summary) === '' ? [] : [summary.trim()]),
    evidenceTable(evidence),
    `#proposer=${proposer}`,
  ].join('\n\n');
}

/** The first heading, else the first line, else a stated default; never longer than 200 characters. */
export function proposalTitle(description: string): string {
  const lines = withoutProposer(description)
    .split('\n', 50)
    .map((line) => line.trim());
  const heading = lines.find((line) => /^#{1,6}\s+\S/.test(line))?.replace(/^#+\s+/, '');
  const title = heading ?? lines.find((line) => line !== '') ?? 'Untitled proposal';
  return title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH - 1)}…` : title;
}

/** The description without the line that binds it to its proposer. */
export function withoutProposer(description: string): string {
  const last = description.slice(-PROPOSER_LINE_LENGTH);
  return PROPOSER_LINE.test(last) ? description.slice(0, -PROPOSER_LINE_LENGTH).trimEnd() : description;
}

function checkedTitle(title: string): string {
  const trimmed = title.trim();
  if (trimmed === '' || trimmed.length > MAX_TITLE_LENGTH || /[\r\n\0]/.test(trimmed))
    throw new GovernanceError(
      'PROPOSAL_INVALID',
      `title: expected one line of 1 to ${MAX_TITLE_LENGTH} characters`,
    );
  return trimmed;
}

function checkedSummary(summary: string): string {
  if (summary.length > MAX_SUMMARY_LENGTH || summary.includes('\0'))
    throw new GovernanceError(
      'PROPOSAL_INVALID',
      `summary: expected at most ${MAX_SUMMARY_LENGTH} characters and no NUL`,
    );
  return summary.trim();
}

function evidenceTable(evidence: ModelEvidence): string {
  const rows = [
    ['model family', evidence.familyName],
    ['new version', evidence.versionId],
    ['replaces', evidence.replacesVersionId ?? 'nothing'],
    ['artifact SHA-256', evidence.artifactSha256],
    ['report SHA-256', evidence.reportSha256],
    ['data root', evidence.dataRoot],
    ['data block', String(evidence.dataBlock)],
    ['artifact', evidence.uri],
    ...(evidence.shadow === undefined ? [] : [['in shadow', evidence.shadow]]),
  ];
  const cell = (text = ''): string => text.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');
  return [
    '| what | value |',
    '| --- | --- |',
    ...rows.map(([what, value]) => `| ${what} | ${cell(value)} |`),
  ].join('\n');
}
