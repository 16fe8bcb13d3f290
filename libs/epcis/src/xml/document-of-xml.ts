import {
  defaultBounds,
  readDocument,
  type DocumentBounds,
  type ReadResult,
} from '../document/read-document.js';
import type { JsonFault } from '../document/read-json.js';
import type { JsonObject } from '../epcis.types.js';
import { EventMapping, MappingFault, unwrapped } from './event-of-xml.js';
import { headerOfXml } from './master-data-of-xml.js';
import { Namespaces } from './namespaces.js';
import { readXml, type XmlElement } from './xml-tree.js';

const NAMESPACES = /^urn:epcglobal:epcis(?:-query)?:xsd:[12]$/;
const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const EVENTS = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'AssociationEvent',
  'TransactionEvent',
  'TransformationEvent',
]);
const POINTER = {
  EPCISDocument: '/epcisBody/eventList',
  EPCISQueryDocument: '/epcisBody/queryResults/resultsBody/eventList',
};

/** An XML document in the JSON form of EPCIS 2.0, or why it has none. */
export type JsonOfXml =
  | { ok: true; json: JsonObject }
  | { ok: false; fault: JsonFault; eventIndex: number | null };

/**
 * Whether bytes are XML rather than JSON: the first sign that is no space is `<`.
 *
 * @example isXml(new TextEncoder().encode('<a/>')) // true
 */
export function isXml(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let at = start;
  while (at < start + 1_024 && (bytes[at] === 32 || (bytes[at]! >= 9 && bytes[at]! <= 13))) at += 1;
  return bytes[at] === 60;
}

/**
 * Reads an EPCIS document in XML, version 1.2 or 2.0, as the JSON document that says the same: CBV URIs become words,
 * namespaces become prefixes of the `@context`, sensor attributes become typed values, master data of the header stay
 * there. Events keep their Event Hash ID.
 * An element or attribute that has no place in JSON refuses the document, so that nothing is lost unseen.
 *
 * @param bytes - XML in UTF-8 without a document type
 */
export function readXmlDocument(bytes: Uint8Array, bounds: DocumentBounds = defaultBounds): ReadResult {
  const converted = jsonOfXml(bytes, bounds);
  if (!converted.ok) return { ok: false, errors: [{ eventIndex: converted.eventIndex, ...converted.fault }] };
  // JSON has more signs than XML in few cases only; the bound on bytes was held above.
  return readDocument(converted.json, { ...bounds, maxBytes: 4 * bounds.maxBytes });
}

/** The JSON document that says what an EPCIS document in XML says. */
export function jsonOfXml(bytes: Uint8Array, bounds: DocumentBounds = defaultBounds): JsonOfXml {
  const read = readXml(bytes, bounds);
  if (!read.ok) return { ok: false, fault: read.fault, eventIndex: null };
  const { root } = read;
  if (!NAMESPACES.test(root.namespace) || !(root.name in POINTER)) {
    const found = `{${root.namespace}}${root.name}`.slice(0, 200);
    const expected = 'an EPCISDocument or EPCISQueryDocument of urn:epcglobal:epcis:xsd:1 or :2';
    return { ok: false, fault: { pointer: '', rule: 'xml-root', found, expected }, eventIndex: null };
  }
  const kind = root.name as keyof typeof POINTER;
  const list = eventListOf(root);
  if (!list) {
    const fault = { pointer: POINTER[kind], rule: 'event-list', found: 'nothing', expected: 'an EventList' };
    return { ok: false, fault, eventIndex: null };
  }
  return mapped(kind, root, list);
}

function mapped(kind: keyof typeof POINTER, root: XmlElement, list: XmlElement): JsonOfXml {
  const namespaces = new Namespaces();
  const mapping = new EventMapping(namespaces);
  const eventList: JsonObject[] = [];
  let header: JsonObject | undefined;
  try {
    for (const element of unwrapped(list)) {
      const pointer = `${POINTER[kind]}/${eventList.length}`;
      if (!EVENTS.has(element.name) || element.namespace !== '') throw notAnEvent(element, pointer);
      eventList.push(mapping.event(element, pointer));
    }
    if (kind === 'EPCISDocument') header = headerOfXml(child(root, 'EPCISHeader'), mapping);
  } catch (error) {
    if (!(error instanceof MappingFault)) throw error;
    const isOfEvent = error.fault.pointer.startsWith(POINTER[kind]);
    return { ok: false, fault: error.fault, eventIndex: isOfEvent ? eventList.length : null };
  }
  const own = Object.fromEntries(namespaces.declared);
  const context = namespaces.declared.size > 0 ? [EPCIS_CONTEXT, own] : [EPCIS_CONTEXT];
  const json: JsonObject = { '@context': context, type: kind, schemaVersion: '2.0', ...envelope(root) };
  if (header) json['epcisHeader'] = header;
  json['epcisBody'] =
    kind === 'EPCISDocument'
      ? { eventList }
      : { queryResults: { queryName: queryNameOf(root), resultsBody: { eventList } } };
  return { ok: true, json };
}

function notAnEvent({ name, namespace }: XmlElement, pointer: string): MappingFault {
  const expected =
    name === 'QuantityEvent' && namespace === ''
      ? 'an ObjectEvent with a quantityList: EPCIS 2.0 has no QuantityEvent'
      : `one of ${[...EVENTS].join(', ')}`;
  return new MappingFault({ pointer, rule: 'event', found: name, expected });
}

function eventListOf(root: XmlElement): XmlElement | undefined {
  const body = child(root, 'EPCISBody');
  const results = body && find(body, 'QueryResults');
  return results ? child(child(results, 'resultsBody'), 'EventList') : child(body, 'EventList');
}

function queryNameOf(root: XmlElement): string {
  const body = child(root, 'EPCISBody');
  const results = body && find(body, 'QueryResults');
  return child(results, 'queryName')?.text.trim() ?? '';
}

/** Creation date, and sender and receiver of a Standard Business Document Header. */
function envelope(root: XmlElement): JsonObject {
  const kept: JsonObject = {};
  const date = root.attributes.find(({ name, namespace }) => name === 'creationDate' && namespace === '');
  if (date) kept['creationDate'] = date.value.trim();
  const header = child(child(root, 'EPCISHeader'), 'StandardBusinessDocumentHeader');
  const said: [string, XmlElement | undefined][] = [
    ['sender', child(child(header, 'Sender'), 'Identifier')],
    ['receiver', child(child(header, 'Receiver'), 'Identifier')],
    ['instanceIdentifier', child(child(header, 'DocumentIdentification'), 'InstanceIdentifier')],
  ];
  for (const [key, element] of said) {
    if (element && root.name === 'EPCISDocument') kept[key] = element.text.trim();
  }
  return kept;
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

function find(element: XmlElement, name: string): XmlElement | undefined {
  return (
    element.children.find((candidate) => candidate.name === name && candidate.namespace !== '') ??
    child(element, name)
  );
}
