import type { CaptureError, EpcisDocument, EpcisEvent, JsonObject, JsonValue } from '../epcis.types.js';
import { resolveContext } from './context.js';
import { scanJson, type ScanFault } from './scan.js';
import { textFault } from './text-faults.js';

/** What a document may have at most. */
export type DocumentBounds = {
  maxBytes: number;
  maxDepth: number;
  maxEvents: number;
  /** Signs of one text as it is spelled in JSON; much longer ones would exhaust the stack of a pattern. */
  maxTextLength: number;
  /** Entries of one `@context`, which must be compared each with each. */
  maxContexts: number;
};

/** A document, or why it is none. */
export type ReadResult = { ok: true; document: EpcisDocument } | { ok: false; errors: CaptureError[] };

/** Bounds unless others are given: 16 MiB, 32 levels, 10,000 events, 100,000 signs a text, 100 contexts. */
export const defaultBounds: DocumentBounds = {
  maxBytes: 16 * 1024 * 1024,
  maxDepth: 32,
  maxEvents: 10_000,
  maxTextLength: 100_000,
  maxContexts: 100,
};

const EVENTS_POINTER = {
  EPCISDocument: '/epcisBody/eventList',
  EPCISQueryDocument: '/epcisBody/queryResults/resultsBody/eventList',
} as const;

/**
 * Reads a capture document, a query document or a single event: JSON within bounds, no key twice, no key that
 * JavaScript gives a meaning to, contexts resolved without fetching. Whether the events are valid is another
 * question: `validateDocument`.
 *
 * @param input - bytes in UTF-8, JSON text, or JSON that was parsed already (where a second key can no longer be seen)
 * @example readDocument('{"type":"EPCISDocument", …}') // { ok: true, document: { events: […], context, … } }
 */
export function readDocument(input: Uint8Array | string | object, bounds = defaultBounds): ReadResult {
  const text = textOf(input, bounds);
  if (typeof text !== 'string') return failure(text);
  const fault = scanJson(text, bounds);
  if (fault) return failure(scanError(fault, bounds));
  let root: JsonValue;
  try {
    root = JSON.parse(text) as JsonValue;
  } catch (error) {
    return failure(
      documentError('', 'json', error instanceof Error ? error.message : 'not JSON', 'JSON text (RFC 8259)'),
    );
  }
  const unstorable = textFault(text, root);
  if (unstorable) {
    const expected = 'text without NUL and half surrogate pairs, numbers that a double can hold';
    return failure(documentError(unstorable.pointer, 'text', unstorable.found, expected));
  }
  if (!isObject(root)) return failure(documentError('', 'json', describeKind(root), 'a JSON object'));
  return documentOf(root, bounds);
}

function documentOf(root: JsonObject, bounds: DocumentBounds): ReadResult {
  const kind = root.type === 'EPCISDocument' || root.type === 'EPCISQueryDocument' ? root.type : 'event';
  const eventsPointer = kind === 'event' ? '' : EVENTS_POINTER[kind];
  const events = kind === 'event' ? [root] : at(root, eventsPointer);
  if (!Array.isArray(events)) {
    return failure(documentError(eventsPointer, 'event-list', describeKind(events), 'a list of events'));
  }
  if (events.length > bounds.maxEvents) {
    const expected = `at most ${bounds.maxEvents} events in a document; send the rest in further documents`;
    return failure(documentError(eventsPointer, 'event-count', `${events.length} events`, expected));
  }
  const odd = events.findIndex((event) => !isObject(event) || typeof event.type !== 'string');
  if (odd >= 0) {
    const error = {
      eventIndex: odd,
      pointer: kind === 'event' ? '' : `${eventsPointer}/${odd}`,
      rule: 'event',
      found: describeKind(events[odd]),
    };
    return failure({ ...error, expected: 'an object whose type is text' });
  }
  const fault = contextFault(root, events as JsonObject[], eventsPointer, bounds.maxContexts);
  if (fault) return failure(fault);
  const context = resolveContext(root['@context']);
  return { ok: true, document: { kind, root, events: events as EpcisEvent[], eventsPointer, context } };
}

function contextFault(
  root: JsonObject,
  events: readonly JsonObject[],
  eventsPointer: string,
  maxContexts: number,
): CaptureError | undefined {
  const tooMany = (part: JsonObject): boolean =>
    Array.isArray(part['@context']) && part['@context'].length > maxContexts;
  const odd = tooMany(root) ? -1 : events.findIndex(tooMany);
  if (odd < 0 && !tooMany(root)) return undefined;
  const pointer = odd < 0 ? '/@context' : `${eventsPointer}/${odd}/@context`;
  return documentError(
    pointer,
    'context-count',
    `more than ${maxContexts}`,
    `at most ${maxContexts} contexts`,
  );
}

function textOf(input: Uint8Array | string | object, bounds: DocumentBounds): string | CaptureError {
  const tooLarge = (size: number): CaptureError =>
    documentError(
      '',
      'size',
      `${size} bytes`,
      `at most ${bounds.maxBytes} bytes; send the events in several documents`,
    );
  if (input instanceof Uint8Array) {
    if (input.byteLength > bounds.maxBytes) return tooLarge(input.byteLength);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(input);
    } catch {
      return documentError('', 'encoding', 'bytes that are not UTF-8', 'UTF-8');
    }
  }
  const text = typeof input === 'string' ? input : serialized(input);
  if (text === undefined) return documentError('', 'json', 'a value that has no JSON form', 'a JSON object');
  const size = text.length > bounds.maxBytes ? text.length : new TextEncoder().encode(text).length;
  if (size > bounds.maxBytes) return tooLarge(size);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function serialized(input: object): string | undefined {
  try {
    return JSON.stringify(input) as string | undefined;
  } catch {
    return undefined;
  }
}

function scanError(fault: ScanFault, bounds: DocumentBounds): CaptureError {
  const expected = {
    depth: `at most ${bounds.maxDepth} levels of nesting`,
    'text-length': `at most ${bounds.maxTextLength} signs in one text`,
    'duplicate-key': 'each key once in an object',
    'forbidden-key': 'keys other than __proto__, constructor and prototype',
  };
  return documentError(fault.pointer, fault.rule, fault.found, expected[fault.rule]);
}

function at(root: JsonObject, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of pointer.slice(1).split('/')) value = isObject(value) ? value[step] : undefined;
  return value;
}

function documentError(pointer: string, rule: string, found: string, expected: string): CaptureError {
  const index = /^\/epcisBody\/(?:queryResults\/resultsBody\/)?eventList\/(\d+)/.exec(pointer)?.[1];
  return { eventIndex: index === undefined ? null : Number(index), pointer, rule, found, expected };
}

function failure(error: CaptureError): ReadResult {
  return { ok: false, errors: [error] };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeKind(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}
