import { isObject } from '../document/read-json.js';
import { escapePointer } from '../document/scan.js';
import type { JsonObject, JsonValue } from '../epcis.types.js';
import { isEpcisSchema, type ProfileFault } from './check-profile.js';
import { ANNOTATIONS } from './profile-keywords.js';

/** What a profile asks of one event, taken out of what surrounds it. */
export type EventSchema = { schema: JsonObject; faults: ProfileFault[] };

/** What every document has by the standard, so that a profile asks nothing by asking for it. */
const ALWAYS_THERE: ReadonlySet<unknown> = new Set([
  '@context',
  'type',
  'schemaVersion',
  'creationDate',
  'epcisBody',
  'eventList',
]);

/**
 * A profile judges one event at a time, since events arrive one by one. A profile that is written for documents is
 * reduced to what it asks of each event of the list; whatever else it asks of a document is a fault.
 */
export function eventSchemaOf(root: JsonObject): EventSchema {
  const { $defs, definitions, ...rest } = root;
  const reduction = new Reduction();
  reduction.part(rest, '');
  const { events, document, faults } = reduction;
  if (document && events.some(({ isOfDocument }) => !isOfDocument)) {
    const expected = 'in a profile of documents, all conditions below epcisBody/eventList/items';
    faults.push({ pointer: '', rule: 'scope', found: 'conditions on the document', expected });
  }
  const schema: JsonObject = events.length === 0 ? {} : { allOf: events.map((part) => part.schema) };
  if ($defs !== undefined) schema['$defs'] = $defs;
  if (definitions !== undefined) schema['definitions'] = definitions;
  return { schema, faults };
}

class Reduction {
  public readonly events: { schema: JsonValue; isOfDocument: boolean }[] = [];
  public readonly faults: ProfileFault[] = [];
  public document = false;

  /** Splits a schema at the top: references to the standard fall away, parts about documents are opened. */
  public part(schema: JsonObject, pointer: string): void {
    const { allOf, $ref, ...rest } = schema;
    if (Array.isArray(allOf)) {
      allOf.forEach((item, index) => {
        if (isObject(item)) this.part(item, `${pointer}/allOf/${index}`);
        else this.events.push({ schema: item, isOfDocument: false });
      });
    }
    const own: JsonObject = Object.fromEntries(Object.entries(rest).filter(([key]) => !ANNOTATIONS.has(key)));
    if ($ref !== undefined && !isEpcisSchema($ref)) own['$ref'] = $ref;
    if (isObject(own['properties']) && own['properties']['epcisBody'] !== undefined) {
      this.documentPart(own, pointer);
    } else if (Object.keys(own).some((key) => key !== 'type' || own[key] !== 'object')) {
      this.events.push({ schema: own, isOfDocument: false });
    }
  }

  private documentPart(schema: JsonObject, pointer: string): void {
    this.document = true;
    const { type, epcisBody, ...others } = this.open(schema, pointer);
    const isDocument =
      isObject(type) &&
      (type['const'] === 'EPCISDocument' ||
        (Array.isArray(type['enum']) && type['enum'].includes('EPCISDocument')));
    if (type !== undefined && !isDocument) this.refuse(`${pointer}/properties/type`);
    for (const key of Object.keys(others)) this.refuse(`${pointer}/properties/${escapePointer(key)}`);
    const body = `${pointer}/properties/epcisBody`;
    const { eventList, ...otherLists } = this.open(epcisBody, body);
    for (const key of Object.keys(otherLists)) this.refuse(`${body}/properties/${escapePointer(key)}`);
    if (eventList !== undefined) this.eventList(eventList, `${body}/properties/eventList`);
  }

  private eventList(list: JsonValue, pointer: string): void {
    if (!isObject(list)) return this.refuse(pointer);
    for (const [keyword, value] of Object.entries(list)) {
      if (keyword === 'items' && !Array.isArray(value)) {
        this.events.push({ schema: value ?? true, isOfDocument: true });
      } else if (!isHarmless(keyword, value) && !(keyword === 'minItems' && Number(value) <= 1)) {
        this.refuse(`${pointer}/${escapePointer(keyword)}`);
      }
    }
  }

  /** Properties of an object that surrounds events; other conditions on it are refused. */
  private open(schema: JsonValue | undefined, pointer: string): JsonObject {
    if (!isObject(schema)) {
      if (schema !== undefined && schema !== true) this.refuse(pointer);
      return {};
    }
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword !== 'properties' && !isHarmless(keyword, value)) {
        this.refuse(`${pointer}/${escapePointer(keyword)}`);
      }
    }
    return isObject(schema['properties']) ? schema['properties'] : {};
  }

  private refuse(pointer: string): void {
    const expected =
      'conditions on events only; a profile judges each event as it arrives, not the document around it';
    this.faults.push({ pointer, rule: 'scope', found: 'a condition on the document', expected });
  }
}

function isHarmless(keyword: string, value: JsonValue | undefined): boolean {
  if (ANNOTATIONS.has(keyword)) return true;
  if (keyword === 'type') return value === 'object' || value === 'array';
  if (keyword === 'additionalProperties') return value === true;
  return keyword === 'required' && Array.isArray(value) && value.every((key) => ALWAYS_THERE.has(key));
}
