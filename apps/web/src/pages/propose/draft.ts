import type { Hex, ModelVersion } from '../../network/types.js';
import type { Parameter } from './parameters.js';

/** What a proposal would do once it is executed. */
export type Change =
  | { kind: 'version'; version: ModelVersion; replaces: Hex | null }
  | { kind: 'parameter'; parameter: Parameter; value: bigint; now: string | null }
  | { kind: 'text' };

export const TITLE_MOST = 200;
export const BODY_MOST = 32_768;

/** What keeps the words from being proposed, one sentence a fault; none when they can be. */
export function textFaults(title: string, body: string): string[] {
  const faults: string[] = [];
  if (title.trim() === '') faults.push('Give the proposal a title.');
  if (title.trim().length > TITLE_MOST) faults.push(`The title has more than ${TITLE_MOST} characters.`);
  if (body.length > BODY_MOST) faults.push(`The text has more than ${BODY_MOST} characters.`);
  return faults;
}

/**
 * The description that goes on chain: title, text, what changes as a table, and last the line that lets nobody but the
 * proposer submit it (OpenZeppelin Governor's protection against being put forward first by a stranger).
 */
export function descriptionOf(title: string, body: string, change: Change, proposer: Hex): string {
  const heading = title.replaceAll(/\s+/g, ' ').trim();
  const parts = [`# ${heading}`, body.replaceAll('\r\n', '\n').trim(), table(rowsOf(change))];
  return [...parts.filter((part) => part !== ''), `#proposer=${proposer}`].join('\n\n');
}

type Row = readonly [what: string, value: string];

function rowsOf(change: Change): Row[] {
  if (change.kind === 'text') return [];
  if (change.kind === 'parameter') {
    const { parameter, value, now } = change;
    return [
      ['parameter', parameter.name],
      ['today', now ?? 'not known'],
      ['proposed', valueWords(parameter, value)],
    ];
  }
  const { version, replaces } = change;
  return [
    ['model family', version.family],
    ['new version', version.id],
    ['replaces', replaces ?? 'nothing'],
    ['artifact SHA-256', version.artifactSha256],
    ['report SHA-256', version.reportSha256],
    ['data root', version.dataRoot],
    ['data block', version.dataBlock],
    ['artifact', version.uri],
  ];
}

/** `300 seconds`, `10 percent`, `1,000 tokens`; a part of a token is kept to the last digit. */
export function valueWords({ unit }: Parameter, value: bigint): string {
  if (unit !== 'tokens') return `${value.toLocaleString('en')} ${unit}`;
  const fraction = (value % 10n ** 18n).toString().padStart(18, '0').replace(/0+$/, '');
  return `${(value / 10n ** 18n).toLocaleString('en')}${fraction === '' ? '' : `.${fraction}`} tokens`;
}

function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const cell = (text: string) => text.replaceAll(/[|\\]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
  return ['| what | value |', '| --- | --- |', ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join(
    '\n',
  );
}
