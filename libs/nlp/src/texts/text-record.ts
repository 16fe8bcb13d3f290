import { normalizeIdentifier } from '@tallyhouse/epcis';
import { recordSha256, textSha256, type Hex } from '@tallyhouse/proofs';
import { detectLanguage } from './language.js';
import { maskPersonalData } from './masking/mask.js';
import { MAX_BODY_CHARACTERS, MAX_TITLE_CHARACTERS, normaliseLine, normaliseText } from './normalise.js';

export const TEXT_KINDS = ['COMPLAINT', 'INCIDENT', 'INSPECTION', 'NOTE', 'RECALL'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** By which way a text came in. */
export type TextSource = 'API' | 'EVENT' | 'IMPORT';

/** What the sender says that a text is about: identifiers in any form that EPCIS allows. */
export interface TextAbout {
  readonly items?: readonly string[];
  readonly products?: readonly string[];
  readonly sites?: readonly string[];
  readonly destinations?: readonly string[];
}

/** A text as it is sent. */
export interface TextInput extends TextAbout {
  readonly kind: TextKind;
  readonly title?: string | null;
  readonly body: string;
  readonly writtenAt: Date;
  /** The sender's own number or address of it; may be empty. */
  readonly reference?: string | null;
}

export type LinkRole = 'DESTINATION' | 'ITEM' | 'PARTNER' | 'PRODUCT' | 'SITE';

/** A text as it is stored. */
export interface TextRecord {
  /** The same for the same record, so that a text sent twice is stored once. */
  readonly id: string;
  readonly partner: string;
  readonly kind: TextKind;
  readonly source: TextSource;
  readonly reference: string;
  readonly title: string;
  readonly body: string;
  readonly language: string;
  readonly writtenAt: Date;
  readonly masked: Readonly<Record<string, number>>;
  readonly textSha256: Hex;
  readonly recordSha256: Hex;
  readonly links: readonly { readonly role: LinkRole; readonly uri: string }[];
}

/** One thing wrong with a text: which field, what was found, what is expected. */
export interface TextFault {
  readonly field: string;
  readonly reason: string;
}

export type TextReading =
  | { readonly ok: true; readonly record: TextRecord }
  | { readonly ok: false; readonly faults: readonly TextFault[] };

const MAX_REFERENCE_CHARACTERS = 300;
const MAX_ABOUT = 100;
const MAX_IDENTIFIER_CHARACTERS = 500;
const EARLIEST = Date.UTC(1900, 0, 1);
/** Clocks of senders may run ahead. */
const MAX_AHEAD_MS = 86_400_000;

/**
 * Normalises a text, masks personal data, hashes it, and checks its bounds. What is masked is neither kept nor hashed.
 *
 * @param partner address of the sender, any case
 */
export function readText(input: TextInput, partner: string, source: TextSource, now: Date): TextReading {
  const title = maskPersonalData(normaliseLine(input.title ?? ''));
  const body = maskPersonalData(normaliseText(input.body));
  const reference = maskPersonalData(normaliseLine(input.reference ?? ''));
  const faults = faultsOf(input, title.text, body.text, reference.text, now);
  if (faults.length > 0) return { ok: false, faults };
  const hashed = {
    partner: partner.toLowerCase(),
    kind: input.kind,
    source,
    reference: reference.text,
    writtenAt: input.writtenAt.toISOString(),
    textSha256: textSha256(title.text, body.text),
  };
  const record = recordSha256(hashed);
  return {
    ok: true,
    record: {
      ...hashed,
      id: uuidOf(record),
      title: title.text,
      body: body.text,
      language: detectLanguage(`${title.text}\n${body.text}`),
      writtenAt: input.writtenAt,
      masked: summed([title.masked, body.masked, reference.masked]),
      recordSha256: record,
      links: linksOf(input),
    },
  };
}

function faultsOf(input: TextInput, title: string, body: string, reference: string, now: Date): TextFault[] {
  const faults: TextFault[] = [];
  const fault = (field: string, reason: string): void => void faults.push({ field, reason });
  if (!/[\p{L}\p{N}]/u.test(body))
    fault('body', 'it has neither letter nor digit; send the words of the text');
  const bounded = [
    ['title', title, MAX_TITLE_CHARACTERS],
    ['body', body, MAX_BODY_CHARACTERS],
    ['reference', reference, MAX_REFERENCE_CHARACTERS],
  ] as const;
  for (const [field, text, most] of bounded) {
    if (text.length > most) fault(field, `${text.length} characters, at most ${most} are taken; split it`);
  }
  const time = input.writtenAt.getTime();
  if (!(time >= EARLIEST && time <= now.getTime() + MAX_AHEAD_MS)) {
    fault('writtenAt', 'expected a time from 1900 to tomorrow, such as 2026-01-31 or 2026-01-31T08:00:00Z');
  }
  const abouts = [
    ...(input.items ?? []),
    ...(input.products ?? []),
    ...(input.sites ?? []),
    ...(input.destinations ?? []),
  ];
  if (abouts.length > MAX_ABOUT)
    fault('items', `${abouts.length} identifiers, at most ${MAX_ABOUT} are taken`);
  const long = abouts.find((uri) => uri.length > MAX_IDENTIFIER_CHARACTERS);
  if (long)
    fault(
      'items',
      `an identifier of ${long.length} characters, at most ${MAX_IDENTIFIER_CHARACTERS} are taken`,
    );
  return faults;
}

function linksOf(about: TextAbout): TextRecord['links'] {
  const roles: readonly (readonly [LinkRole, readonly string[] | undefined])[] = [
    ['ITEM', about.items],
    ['PRODUCT', about.products],
    ['SITE', about.sites],
    ['DESTINATION', about.destinations],
  ];
  const links = roles.flatMap(([role, uris = []]) =>
    uris
      .map((uri) => ({ role, uri: normalizeIdentifier(normaliseLine(uri)) }))
      .filter(({ uri }) => uri !== ''),
  );
  return [...new Map(links.map((link) => [`${link.role} ${link.uri}`, link])).values()];
}

function summed(counts: readonly Readonly<Record<string, number | undefined>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [kind, count = 0] of counts.flatMap((each) => Object.entries(each))) {
    sums[kind] = (sums[kind] ?? 0) + count;
  }
  return sums;
}

/** The first 128 bits as a UUID of version 8 (RFC 9562). */
function uuidOf(sha256: Hex): string {
  const digits = sha256.slice(2, 34);
  const variant = ((Number.parseInt(digits[16]!, 16) & 3) | 8).toString(16);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
  ];
  return [...parts, digits.slice(20)].join('-');
}
