import { eventHashHex, resolveContext, type EpcisEvent } from '@tallyhouse/epcis';
import {
  readBundle,
  redactBundle,
  verifyBundle,
  type EventHashStrategy,
  type VerificationResult,
} from '@tallyhouse/proofs';

/** A bundle's text may have as many bytes: whole trie nodes of a full block, and an event of 16 MiB. */
export const MAX_BUNDLE_BYTES = 128 * 1024 * 1024;

/** What the person at the keyboard gave besides the file. */
export interface VerifySettings {
  readonly header?: string;
  readonly anchor?: string;
  readonly registry?: string;
  readonly disclose?: readonly string[];
}

/** What is printed, and whether the bundle holds. */
export interface Verdict {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/**
 * Verifies the text of a bundle and words the answer: a line a step, what is shown, what is only stated, the verdict
 * last. Never throws.
 */
export function verifyText(text: string, settings: VerifySettings): Verdict {
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch {
    return {
      ok: false,
      lines: ['FAILED  format: the file is no JSON', 'not valid: format: the file is no JSON'],
    };
  }
  const result = verifyBundle(bundle, {
    header: settings.header,
    anchorContract: settings.anchor,
    registry: settings.registry,
    disclose: settings.disclose,
    eventHash,
  });
  const lines = [
    ...stepLines(result),
    ...factLines(result, settings.disclose),
    ...statedLines(result),
    result.says,
  ];
  return { ok: result.verdict !== 'invalid', lines: lines.map(printable) };
}

/**
 * The same bundle with only some fields shown, as text.
 *
 * @throws ProofInputError when the bundle shows no such field or is none
 */
export function redactText(text: string, paths: readonly string[]): string {
  return `${JSON.stringify(redactBundle(readBundle(JSON.parse(text)), paths), null, 1)}\n`;
}

const eventHash: EventHashStrategy = (event, namespaces) =>
  eventHashHex(event as unknown as EpcisEvent, resolveContext([namespaces]));

const MARKS = { ok: 'ok     ', open: 'open   ', failed: 'FAILED ' } as const;

function stepLines({ steps }: VerificationResult): string[] {
  return steps.map(({ name, status, says }) => `${MARKS[status]} ${name}: ${says}`);
}

function factLines({ facts }: VerificationResult, asked: readonly string[] = []): string[] {
  if (!facts) return [];
  const under = (field: string): boolean =>
    asked.length === 0 ||
    asked.some((path) => {
      const pointer = path.startsWith('/') ? path : `/${path}`;
      return field === pointer || field.startsWith(`${pointer}/`);
    });
  const shown = facts.shown.filter(({ path }) => under(path));
  const time = (seconds: number): string => new Date(seconds * 1_000).toISOString();
  return [
    `partner ${facts.partner}${facts.gln === undefined ? '' : ` (GLN ${facts.gln})`}, batch ${facts.batch.seq} of ${facts.batch.count} ${facts.about}s, submitted by ${facts.submitter}`,
    `recorded ${time(facts.recordTime)}, in a block of ${time(Number(facts.block.timestamp))}`,
    `shown: ${shown.length} fields; hidden but bound: ${facts.hidden}`,
    ...shown.map(({ path, value }) => `  ${path} = ${JSON.stringify(value)}`),
  ];
}

function statedLines({ stated }: VerificationResult): string[] {
  if (!stated) return [];
  const { asOfBlock, corrections, declarations = [] } = stated;
  const known = corrections.length + declarations.length;
  const head = `stated by the server, not proved: ${known} corrections known up to block ${asOfBlock}`;
  return [
    head,
    ...corrections.map(({ block, reason, submitter }) => `  block ${block}, by ${submitter}: ${reason}`),
    ...declarations.map(
      ({ declaredAt, reason, anchoredInBlock }) =>
        `  declared at ${declaredAt}, ${anchoredInBlock === null ? 'not on chain' : `in block ${anchoredInBlock}`}: ${reason ?? 'no reason given'}`,
    ),
  ];
}

/** Signs that would move a terminal's cursor or turn the direction of writing are shown as such. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
