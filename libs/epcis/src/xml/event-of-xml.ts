import type { JsonFault } from '../document/read-json.js';
import type { JsonObject, JsonValue } from '../epcis.types.js';
import type { Namespaces } from './namespaces.js';
import { bareWord, EVENT_ELEMENTS, NUMBERS, WRAPPERS, type FieldForm } from './xml-fields.js';
import type { XmlAttribute, XmlElement } from './xml-tree.js';

/** XML that has no place in EPCIS. */
export class MappingFault extends Error {
  public constructor(public readonly fault: JsonFault) {
    super(fault.rule);
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Writes events of XML in JSON. Every element and attribute has a place, or the document is refused. */
export class EventMapping {
  public constructor(private readonly namespaces: Namespaces) {}

  /** The event of an element, whose name is its type. */
  public event(element: XmlElement, pointer: string): JsonObject {
    const event: JsonObject = { type: element.name };
    this.noAttributes(element, pointer);
    for (const child of unwrapped(element)) {
      const form = child.namespace === '' ? EVENT_ELEMENTS.get(child.name) : undefined;
      const at = `${pointer}/${child.name}`;
      if (form) put(event, child.name, this.field(child, form, at), child.name === 'certificationInfo', at);
      else if (child.namespace === '') throw unknown(child, pointer);
      else this.extension(event, child, at);
    }
    return event;
  }

  /** What stands in an extension: text, or an object of whatever is inside. */
  public free(element: XmlElement, pointer: string): JsonValue {
    this.noAttributes(element, pointer);
    if (element.children.length === 0) return element.text.trim();
    if (element.text.trim() !== '') {
      throw fault(pointer, 'xml-mixed', element.text.trim(), 'text or elements in an element, not both');
    }
    const object: JsonObject = {};
    for (const child of element.children) this.extension(object, child, pointer);
    return object;
  }

  private field(element: XmlElement, form: FieldForm, pointer: string): JsonValue {
    switch (form.form) {
      case 'text':
        return this.plain(element, pointer);
      case 'word':
        return bareWord(this.plain(element, pointer));
      case 'texts':
        return this.items(element, form.item, pointer).map((item) => this.plain(item, pointer));
      case 'quantities':
        return this.items(element, 'quantityElement', pointer).map((item) => this.quantity(item, pointer));
      case 'typed':
        return this.items(element, form.item, pointer).map((item) => this.typed(item, pointer));
      case 'place':
        return this.structure(element, ['id'], pointer);
      case 'extensions':
        return this.structure(element, [], pointer);
      case 'errorDeclaration':
        return this.errorDeclaration(element, pointer);
      case 'persistentDisposition':
        return this.persistent(element, pointer);
      default:
        return this.items(element, 'sensorElement', pointer).map((item) => this.sensorElement(item, pointer));
    }
  }

  private quantity(element: XmlElement, pointer: string): JsonObject {
    const amount = this.structure(element, ['epcClass', 'quantity', 'uom'], pointer);
    if (typeof amount['quantity'] === 'string') amount['quantity'] = numberOf(amount['quantity']);
    return amount;
  }

  private typed(element: XmlElement, pointer: string): JsonObject {
    const type = element.attributes.find(({ name, namespace }) => name === 'type' && namespace === '');
    if (element.children.length > 0) throw unknown(element.children[0]!, pointer);
    const value = { [element.name]: element.text.trim() };
    return type ? { type: bareWord(type.value.trim()), ...value } : value;
  }

  private errorDeclaration(element: XmlElement, pointer: string): JsonObject {
    const lists = element.children.filter(
      ({ name, namespace }) => name === 'correctiveEventIDs' && namespace === '',
    );
    const others = element.children.filter((child) => !lists.includes(child));
    const declared = this.structure({ ...element, children: others }, ['declarationTime', 'reason'], pointer);
    if (typeof declared['reason'] === 'string') declared['reason'] = bareWord(declared['reason']);
    const ids = lists.flatMap((list) => this.items(list, 'correctiveEventID', pointer));
    if (ids.length > 0) declared['correctiveEventIDs'] = ids.map((id) => this.plain(id, pointer));
    return declared;
  }

  private persistent(element: XmlElement, pointer: string): JsonObject {
    const changed: JsonObject = {};
    for (const child of element.children) {
      if (child.namespace !== '' || (child.name !== 'set' && child.name !== 'unset'))
        throw unknown(child, pointer);
      const words = (changed[child.name] ??= []) as JsonValue[];
      words.push(bareWord(this.plain(child, pointer)));
    }
    return changed;
  }

  private sensorElement(element: XmlElement, pointer: string): JsonObject {
    const sensor: JsonObject = {};
    const reports: JsonValue[] = [];
    for (const child of unwrapped(element)) {
      const isStandard = child.namespace === '';
      if (isStandard && child.name === 'sensorMetadata')
        sensor['sensorMetadata'] = this.attributes(child, pointer);
      else if (isStandard && child.name === 'sensorReport') reports.push(this.attributes(child, pointer));
      else if (isStandard) throw unknown(child, pointer);
      else this.extension(sensor, child, pointer);
    }
    if (reports.length > 0) sensor['sensorReport'] = reports;
    return sensor;
  }

  /** An element whose fields are attributes. */
  private attributes(element: XmlElement, pointer: string): JsonObject {
    const fields: JsonObject = {};
    for (const attribute of element.attributes) {
      if (attribute.namespace === SCHEMA_INSTANCE) continue;
      const { name, namespace, prefix } = attribute;
      set(fields, this.namespaces.keyOf(name, namespace, prefix), attributeValue(attribute));
    }
    for (const child of unwrapped(element)) {
      if (child.namespace === '') throw unknown(child, pointer);
      this.extension(fields, child, pointer);
    }
    return fields;
  }

  /** An object of some standard texts and of extensions. */
  private structure(element: XmlElement, names: readonly string[], pointer: string): JsonObject {
    const object: JsonObject = {};
    this.noAttributes(element, pointer);
    for (const child of unwrapped(element)) {
      if (child.namespace !== '') this.extension(object, child, pointer);
      else if (names.includes(child.name))
        put(object, child.name, this.plain(child, pointer), false, pointer);
      else throw unknown(child, pointer);
    }
    return object;
  }

  private extension(holder: JsonObject, element: XmlElement, pointer: string): void {
    const key = this.namespaces.keyOf(element.name, element.namespace, element.prefix);
    put(holder, key, this.free(element, pointer), true, pointer);
  }

  private items(element: XmlElement, name: string, pointer: string): XmlElement[] {
    this.noAttributes(element, pointer);
    for (const child of element.children) {
      if (child.name !== name || child.namespace !== '') throw unknown(child, pointer);
    }
    return element.children;
  }

  private plain(element: XmlElement, pointer: string): string {
    this.noAttributes(element, pointer);
    if (element.children.length > 0) throw unknown(element.children[0]!, pointer);
    return element.text.trim();
  }

  private noAttributes(element: XmlElement, pointer: string): void {
    const odd = element.attributes.find(({ namespace }) => namespace !== SCHEMA_INSTANCE);
    if (!odd) return;
    const expected = 'no attribute here: it would have no place in JSON; use an element';
    throw fault(pointer, 'xml-attribute', `${odd.name}="${odd.value}"`, expected);
  }
}

/** Children, with those of extension wrappers in their place. */
export function unwrapped(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child.namespace === '' && WRAPPERS.has(child.name) ? unwrapped(child) : [child],
  );
}

function attributeValue({ name, namespace, value }: XmlAttribute): JsonValue {
  const text = value.trim();
  if (namespace !== '') return text;
  if (NUMBERS.has(name)) return numberOf(text);
  if (name === 'booleanValue')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  return name === 'type' || name === 'component' || name === 'exception' ? bareWord(text) : text;
}

/** Text that is no number stays text, for validation to refuse at its place. */
function numberOf(text: string): JsonValue {
  return NUMBER.test(text.trim()) ? Number(text) : text;
}

/** A second element of a name makes a list, where the field may be one. */
function put(holder: JsonObject, key: string, value: JsonValue, mayRepeat: boolean, pointer: string): void {
  const before = Object.hasOwn(holder, key) ? holder[key] : undefined;
  if (before === undefined) return set(holder, key, value);
  if (!mayRepeat) throw fault(pointer, 'duplicate-key', key, 'each element once');
  set(holder, key, Array.isArray(before) ? [...before, value] : [before, value]);
}

/** Also for keys that JavaScript gives a meaning to; the reader of the JSON refuses those. */
function set(holder: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

function unknown(element: XmlElement, pointer: string): MappingFault {
  return fault(
    pointer,
    'unknown-key',
    element.name,
    'elements of EPCIS, and extensions in a namespace of their own',
  );
}

function fault(pointer: string, rule: string, found: string, expected: string): MappingFault {
  return new MappingFault({ pointer, rule, found: found.slice(0, 80), expected });
}
