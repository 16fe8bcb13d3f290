import type { DocumentBounds } from './document/read-document.js';
import type { CaptureError } from './epcis.types.js';
import { eventHashId } from './hash/event-hash.js';
import type { HashOptions } from './hash/pre-hash.js';
import { readEpcis } from './xml/read-epcis.js';
import { validateDocument, type ValidateOptions } from './validate-document.js';

/** Text for a terminal, and whether the document was good. */
export type Lines = { ok: boolean; lines: string[] };

/** What a document may have at most; `defaultBounds` unless given. */
export type LineOptions = { bounds?: DocumentBounds };

/**
 * One Event Hash ID a line, in the order of the events; for an unreadable document what is wrong with it.
 *
 * @param bytes - of an EPCIS document in JSON or XML, or of an event in JSON
 * @example hashLines(bytes) // { ok: true, lines: ['ni:///sha-256;6ae9…39d7?ver=CBV2.0'] }
 */
export function hashLines(bytes: Uint8Array, options: HashOptions & LineOptions = {}): Lines {
  const read = readEpcis(bytes, options.bounds);
  if (!read.ok) return { ok: false, lines: read.errors.map(errorLine) };
  const { events, context } = read.document;
  return { ok: true, lines: events.map((event) => eventHashId(event, context, options)) };
}

/**
 * One error a line, or one line that says that the document is valid.
 *
 * @param bytes - of an EPCIS document in JSON or XML, or of an event in JSON
 * @example validationLines(bytes) // { ok: true, lines: ['valid: 2 events'] }
 */
export function validationLines(bytes: Uint8Array, options: ValidateOptions & LineOptions = {}): Lines {
  const read = readEpcis(bytes, options.bounds);
  const errors = read.ok ? validateDocument(read.document, options) : read.errors;
  if (errors.length > 0) return { ok: false, lines: errors.map(errorLine) };
  const count = read.ok ? read.document.events.length : 0;
  return { ok: true, lines: [`valid: ${count} ${count === 1 ? 'event' : 'events'}`] };
}

/**
 * A capture error as one line of text.
 *
 * @example errorLine(error) // 'event 0 /epcisBody/eventList/0/action: enum: found "CREATE", expected one of OBSERVE, ADD, DELETE'
 */
export function errorLine(error: CaptureError): string {
  const who = error.eventIndex === null ? 'document' : `event ${error.eventIndex}`;
  return `${who} ${faultLine(error)}`;
}

/**
 * Place, rule, what was found and what was expected, as one line of text.
 *
 * @example faultLine(fault) // '/properties/a/pattern: pattern: found "[", expected a regular expression …'
 */
export function faultLine(fault: Omit<CaptureError, 'eventIndex'>): string {
  const line = `${fault.pointer || '/'}: ${fault.rule}: found ${fault.found}, expected ${fault.expected}`;
  return line.replace(/[\p{Cc}\u2028\u2029]/gu, (sign) => JSON.stringify(sign).slice(1, -1));
}
