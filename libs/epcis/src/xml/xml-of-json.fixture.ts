import type { JsonObject, JsonValue } from '../epcis.types.js';

const ITEMS: Readonly<Record<string, string>> = {
  epcList: 'epc',
  childEPCs: 'epc',
  inputEPCList: 'epc',
  outputEPCList: 'epc',
  quantityList: 'quantityElement',
  childQuantityList: 'quantityElement',
  inputQuantityList: 'quantityElement',
  outputQuantityList: 'quantityElement',
  bizTransactionList: 'bizTransaction',
  sourceList: 'source',
  destinationList: 'destination',
  correctiveEventIDs: 'correctiveEventID',
};
const WORDS: Readonly<Record<string, string>> = {
  bizStep: 'bizstep',
  disposition: 'disp',
  set: 'disp',
  unset: 'disp',
  reason: 'er',
  bizTransaction: 'btt',
  source: 'sdt',
  destination: 'sdt',
};

/** An EPCIS document of JSON in XML, as a partner who has not moved to JSON would send it. For tests alone. */
export function xmlOfJson(document: JsonObject, namespaces: Readonly<Record<string, string>>): string {
  const declared = Object.entries({ ...namespaces, epcisxml: 'urn:epcglobal:epcis:xsd:2' });
  const attributes = declared
    .map(([prefix, namespace]) => ` xmlns:${prefix}="${escaped(namespace)}"`)
    .join('');
  const events = (document['epcisBody'] as { eventList: JsonObject[] }).eventList;
  const list = events.map(({ type, ...event }) => tag(scalar(type), fields(event)));
  const body = `<EPCISBody><EventList>${list.join('\n')}</EventList></EPCISBody>`;
  const root = `epcisxml:EPCISDocument schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"${attributes}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a comment -->\n<${root}>${body}</epcisxml:EPCISDocument>`;
}

function fields(object: JsonObject): string {
  return Object.entries(object)
    .map(([key, value]) => field(key, value!))
    .join('');
}

function field(key: string, value: JsonValue): string {
  if (key === 'sensorElementList') return tag(key, (value as JsonObject[]).map(sensorElement).join(''));
  const item = ITEMS[key];
  if (item) return tag(key, (value as JsonValue[]).map((entry) => listItem(item, entry)).join(''));
  if (Array.isArray(value)) return value.map((entry) => field(key, entry)).join('');
  if (typeof value === 'object' && value !== null) return tag(key, fields(value));
  return tag(key, escaped(spelled(key, String(value))));
}

function listItem(name: string, value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return tag(name, escaped(String(value)));
  const { type, ...rest } = value as JsonObject;
  if (name === 'quantityElement') return tag(name, fields(value as JsonObject));
  const attribute = type === undefined ? '' : ` type="${escaped(spelled(name, scalar(type)))}"`;
  return `<${name}${attribute}>${escaped(scalar(rest[name]))}</${name}>`;
}

function sensorElement({ sensorMetadata, sensorReport, ...extensions }: JsonObject): string {
  const metadata = sensorMetadata ? attributed('sensorMetadata', sensorMetadata as JsonObject) : '';
  const reports = (sensorReport as JsonObject[]).map((report) => attributed('sensorReport', report)).join('');
  return tag('sensorElement', metadata + reports + fields(extensions));
}

/** Scalars as attributes, what is deeper as elements. */
function attributed(name: string, object: JsonObject): string {
  const entries = Object.entries(object);
  const isDeep = (value: JsonValue | undefined): boolean => typeof value === 'object';
  const attributes = entries
    .filter(([, value]) => !isDeep(value))
    .map(([key, value]) => ` ${key}="${escaped(scalar(value))}"`);
  return `<${name}${attributes.join('')}>${fields(Object.fromEntries(entries.filter(([, value]) => isDeep(value))))}</${name}>`;
}

function spelled(key: string, value: string): string {
  const vocabulary = WORDS[key];
  return vocabulary && /^[a-z_]+$/.test(value) ? `urn:epcglobal:cbv:${vocabulary}:${value}` : value;
}

function scalar(value: JsonValue | undefined): string {
  if (typeof value === 'object' || value === undefined) throw new Error('no scalar');
  return String(value);
}

function tag(name: string, inside: string): string {
  return `<${name}>${inside}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
