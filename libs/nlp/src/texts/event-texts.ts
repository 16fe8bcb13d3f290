import type { EpcisEvent } from '@tallyhouse/epcis';
import type { TextInput, TextKind } from './text-record.js';

/** An event as the texts of its extensions are read. */
export interface EventWithTexts {
  readonly id: string;
  readonly eventTime: Date;
  readonly body: EpcisEvent;
  readonly items: readonly string[];
  readonly products: readonly string[];
  readonly sites: readonly string[];
  readonly destinations: readonly string[];
}

const EXTENSION_KEY = /^[A-Za-z][\w.-]*:[A-Za-z][\w.-]*$/;
const NAMED_AS_TEXT =
  /(?:note|comment|remark|description|narrative|report|observation|finding|reason|message|complaint)s?$|[:/]texts?$/i;
/** Master data: what goods, firms and places are, the same on thousands of events. It is no account of what happened. */
const NAMED_AS_MASTER_DATA =
  /[:/][^:/]*(?:item|product|goods|brand|dosage|molecule|classification|group|vendor|supplier|manufactur|site|location|address|party|derivation)[^:/]*$/i;
const SAID_BY_SOMEBODY = /(?:note|comment|remark|narrative|report|observation|complaint)s?$/i;
const KIND_OF_NAME: readonly (readonly [RegExp, TextKind])[] = [
  [/recall|withdrawal/i, 'RECALL'],
  [/inspect|audit|check/i, 'INSPECTION'],
  [/complain/i, 'COMPLAINT'],
  [/incident|damage|deviation|exception|excursion|accident|fault/i, 'INCIDENT'],
];
const LEAST_WORDS = 4;
const MAX_DEPTH = 6;
const MAX_TEXTS_AN_EVENT = 20;
const MAX_ATTACHMENT_BYTES = 80_000;

/**
 * The texts that an event carries in its extensions: fields named like a text (note, remark, inspectionReport …) or
 * holding at least four words, save master data (itemDescription, manufacturingSite …), and attachments `{ mediaType: 'text/plain', content }` or `{ …, base64 }`. Identifiers,
 * times and numbers are no texts. At most 20 an event.
 */
export function textsOfEvent(event: EventWithTexts): TextInput[] {
  const found: { name: string; text: string }[] = [];
  for (const [key, value] of Object.entries(event.body)) {
    if (EXTENSION_KEY.test(key) || key === 'ilmd') collect(key, value, found, 0);
  }
  return found.slice(0, MAX_TEXTS_AN_EVENT).map(({ name, text }) => ({
    kind: KIND_OF_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'NOTE',
    body: text,
    writtenAt: event.eventTime,
    reference: `event:${event.id}#${name}`.slice(0, 300),
    items: event.items,
    products: event.products,
    sites: event.sites,
    destinations: event.destinations,
  }));
}

function collect(name: string, value: unknown, found: { name: string; text: string }[], depth: number): void {
  if (depth > MAX_DEPTH || found.length >= MAX_TEXTS_AN_EVENT) return;
  if (typeof value === 'string') {
    if (isText(name, value)) found.push({ name, text: value });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const attached = Array.isArray(value) ? undefined : attachedText(value as Record<string, unknown>);
  if (attached !== undefined) {
    found.push({ name, text: attached });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    collect(Array.isArray(value) ? name : `${name}/${key}`, inner, found, depth + 1);
  }
}

function isText(name: string, value: string): boolean {
  const trimmed = value.trim();
  if (trimmed === '' || /^[a-z][\w+.-]*:\S+$/i.test(trimmed)) return false;
  if (NAMED_AS_MASTER_DATA.test(name) && !SAID_BY_SOMEBODY.test(name)) return false;
  const words = trimmed.match(/\p{L}{2,}/gu)?.length ?? 0;
  return words >= LEAST_WORDS || (NAMED_AS_TEXT.test(name) && words >= 1 && /\s/.test(trimmed));
}

function attachedText(attachment: Readonly<Record<string, unknown>>): string | undefined {
  const mediaType = attachment['mediaType'] ?? attachment['contentType'];
  if (typeof mediaType !== 'string' || !/^text\/plain\b/i.test(mediaType)) return undefined;
  const { content, base64 } = attachment;
  if (typeof content === 'string') return content;
  if (typeof base64 !== 'string' || base64.length > MAX_ATTACHMENT_BYTES) return undefined;
  return Buffer.from(base64, 'base64').toString('utf8');
}
