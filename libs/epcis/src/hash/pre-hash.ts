import { expandKey, resolveContext, standardContext, type JsonLdContext } from '../document/context.js';
import type { EpcisEvent, JsonObject, JsonValue } from '../epcis.types.js';
import { EVENT_FIELDS, TRAILING_FIELDS, UNHASHED_FIELDS, type FieldRule, type FieldTable } from './fields.js';
import { sortBytewise } from './order.js';
import { canonicalScalar, canonicalTime } from './values.js';
import { expandWord } from './vocabulary.js';

/** Choices of the caller; nothing inside a document can make them. */
export type HashOptions = {
  /**
   * Keys to leave out, as the event spells them (`example:hash`). A sender who could set this would choose what the
   * hash covers, so give only names that the operator chose.
   */
  ignoreFields?: readonly string[];
};

type Writing = { context: JsonLdContext; ignored: ReadonlySet<string> };

const COMMENTS: ReadonlySet<string> = new Set(['rdfs:comment', 'comment']);

/**
 * The text whose SHA-256 is the Event Hash ID (CBV 2.0, section 8.9.2).
 *
 * @param context - of the document around the event; the event's own `@context` is added to it
 * @example eventPreHash(event) // 'eventType=ObjectEventeventTime=2020-03-04T10:00:30.000Z…'
 */
export function eventPreHash(
  event: EpcisEvent,
  context = standardContext,
  options: HashOptions = {},
): string {
  const writing: Writing = {
    context: resolveContext(event['@context'], context),
    ignored: options.ignoreFields ? new Set([...COMMENTS, ...options.ignoreFields]) : COMMENTS,
  };
  const trailing: string[] = [];
  for (const [key, value] of Object.entries(event)) {
    if (EVENT_FIELDS.has(key) || UNHASHED_FIELDS.has(key)) continue;
    const rule = TRAILING_FIELDS.get(key);
    trailing.push(rule ? writeField(key, value, rule, writing) : writeExtension(key, value, writing));
  }
  const fixed = writeFields(event, EVENT_FIELDS, writing);
  return `eventType=${event.type}${fixed}${sortBytewise(trailing).join('')}`;
}

function writeFields(value: JsonObject, fields: FieldTable, writing: Writing): string {
  let written = '';
  for (const [key, rule] of fields) {
    if (value[key] !== undefined) written += writeField(key, value[key], rule, writing);
  }
  return written;
}

function writeField(key: string, value: JsonValue | undefined, rule: FieldRule, writing: Writing): string {
  if (value === undefined || value === null || writing.ignored.has(key)) return '';
  switch (rule.kind) {
    case 'text':
    case 'time':
    case 'word':
      return writeScalar(key, value, rule, writing);
    case 'words':
      return writeEach(value, (item) => writeScalar(key, item, { ...rule, kind: 'word' }, writing));
    case 'values': {
      const items = writeEach(value, (item) => writeScalar(rule.name, item, { kind: 'text' }, writing));
      return items && key !== rule.name ? key + items : items;
    }
    case 'object':
      return named(key, isObject(value) ? writeObject(value, rule.fields, writing) : '');
    default:
      return writeObjects(key, value, rule, writing);
  }
}

function writeObjects(
  key: string,
  value: JsonValue,
  rule: Extract<FieldRule, { kind: 'objects' }>,
  writing: Writing,
): string {
  const items = writeEach(value, (item) =>
    isObject(item) ? named(rule.name, writeObject(item, rule.fields, writing)) : '',
  );
  return key === rule.name ? items : named(key, items);
}

/** Standard fields first, whatever else there is sorted behind them. */
function writeObject(value: JsonObject, fields: FieldTable, writing: Writing): string {
  const extensions: string[] = [];
  for (const [key, extension] of Object.entries(value)) {
    if (!fields.has(key)) extensions.push(writeExtension(key, extension, writing));
  }
  return writeFields(value, fields, writing) + sortBytewise(extensions).join('');
}

type ScalarRule = Extract<FieldRule, { kind: 'text' | 'time' | 'word' }>;

function writeScalar(name: string, value: JsonValue, rule: ScalarRule, writing: Writing): string {
  if (typeof value === 'object') return '';
  const spelled =
    rule.kind === 'word' && typeof value === 'string' ? expandWord(value.trim(), rule.namespace) : value;
  const canonical =
    rule.kind === 'time' && typeof value === 'string'
      ? canonicalTime(value)
      : canonicalScalar(spelled, writing.context);
  return canonical === '' ? '' : `${name}=${canonical}`;
}

function writeEach(value: JsonValue, write: (item: JsonValue) => string): string {
  return Array.isArray(value) ? sortBytewise(value.map(write)).join('') : write(value);
}

/** A user extension of any shape: `{namespace}local`, its value, what is inside it sorted. */
function writeExtension(key: string, value: JsonValue | undefined, writing: Writing): string {
  if (value === undefined || value === null || writing.ignored.has(key)) return '';
  return writeNamed(expandKey(key, writing.context), value, writing);
}

function writeNamed(name: string, value: JsonValue, writing: Writing): string {
  if (Array.isArray(value)) {
    return sortBytewise(value.map((item) => (item === null ? '' : writeItem(name, item, writing)))).join('');
  }
  return value === null ? '' : writeItem(name, value, writing);
}

function writeItem(name: string, value: Exclude<JsonValue, null>, writing: Writing): string {
  if (Array.isArray(value)) return name + writeNamed('', value, writing);
  if (isObject(value)) {
    const inside = Object.entries(value).map(([key, item]) => writeExtension(key, item, writing));
    return name + sortBytewise(inside).join('');
  }
  const text = canonicalScalar(value, writing.context);
  return text === '' ? name : `${name}=${text}`;
}

function named(name: string, inside: string): string {
  return inside === '' ? '' : name + inside;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
