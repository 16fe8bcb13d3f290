import type { CaptureError, EpcisDocument, EpcisEvent, JsonObject, JsonValue } from '../epcis.types.js';
import { contextFault } from './context-faults.js';
import { resolveContext } from './context.js';
import { describeKind, isObject, readJson, type JsonBounds, type JsonFault } from './read-json.js';

/** What a document may have at most. */
export type DocumentBounds = JsonBounds & {
  maxEvents: number;
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
  const read = readJson(input, bounds);
  if (!read.ok) return failure(documentError(read.fault));
  return documentOf(read.value, bounds);
}

function documentOf(root: JsonObject, bounds: DocumentBounds): ReadResult {
  const kind = root.type === 'EPCISDocument' || root.type === 'EPCISQueryDocument' ? root.type : 'event';
  const eventsPointer = kind === 'event' ? '' : EVENTS_POINTER[kind];
  const events = kind === 'event' ? [root] : at(root, eventsPointer);
  if (!Array.isArray(events)) {
    const found = describeKind(events);
    return failure(
      documentError({ pointer: eventsPointer, rule: 'event-list', found, expected: 'a list of events' }),
    );
  }
  if (events.length > bounds.maxEvents) {
    const expected = `at most ${bounds.maxEvents} events in a document; send the rest in further documents`;
    const found = `${events.length} events`;
    return failure(documentError({ pointer: eventsPointer, rule: 'event-count', found, expected }));
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
  const fault = firstContextFault(root, events as JsonObject[], eventsPointer, bounds.maxContexts);
  if (fault) return failure(documentError(fault));
  const context = resolveContext(root['@context']);
  return { ok: true, document: { kind, root, events: events as EpcisEvent[], eventsPointer, context } };
}

function firstContextFault(
  root: JsonObject,
  events: readonly JsonObject[],
  eventsPointer: string,
  maxContexts: number,
): JsonFault | undefined {
  const fault = contextFault(root, '', maxContexts);
  if (fault || eventsPointer === '') return fault;
  for (const [index, event] of events.entries()) {
    const found = contextFault(event, `${eventsPointer}/${index}`, maxContexts);
    if (found) return found;
  }
  return undefined;
}

function at(root: JsonObject, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of pointer.slice(1).split('/')) value = isObject(value) ? value[step] : undefined;
  return value;
}

function documentError(fault: JsonFault): CaptureError {
  const index = /^\/epcisBody\/(?:queryResults\/resultsBody\/)?eventList\/(\d+)/.exec(fault.pointer)?.[1];
  return { eventIndex: index === undefined ? null : Number(index), ...fault };
}

function failure(error: CaptureError): ReadResult {
  return { ok: false, errors: [error] };
}
