import type { JsonLdContext } from '../document/context.js';
import { isObject } from '../document/read-json.js';
import type { CaptureError, EpcisDocument, JsonObject, JsonValue } from '../epcis.types.js';
import { normalizeIdentifier } from '../identifiers/normalize.js';
import { attributeName } from './attribute-name.js';

/** One thing that is said of an element: its value is a text, a number, a truth value or an object. */
export interface MasterDataAttribute {
  /** Name as it was sent. */
  readonly id: string;
  /** Name as `attributeName` spells it. */
  readonly name: string;
  readonly value: JsonValue;
}

/** What a document says of a place, a product, a party …: an element of a vocabulary (EPCIS 2.0, section 6.1.1). */
export interface MasterDataElement {
  /** `BusinessLocation` of `urn:epcglobal:epcis:vtype:BusinessLocation`; types of other vocabularies stay whole. */
  readonly vocabulary: string;
  /** As it was sent. */
  readonly id: string;
  /** In the form under which two spellings are equal; words of CBV bare. */
  readonly uri: string;
  /** In the order sent; one name may come several times. */
  readonly attributes: readonly MasterDataAttribute[];
  /** Elements inside this one, in the form of {@link uri}. */
  readonly children: readonly string[];
}

/** What the master data of one document may have at most. */
export const MASTER_DATA_BOUNDS = { elements: 10_000, attributes: 200, children: 10_000 } as const;

const STANDARD_TYPE = /^(?:urn:epcglobal:epcis:vtype:|https?:\/\/ref\.gs1\.org\/epcis\/|epcis:)(\w+)$/;
const CBV_TERM =
  /^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-|^cbv:[A-Za-z]+-|^urn:epcglobal:cbv:[a-z]+:(?=\w+$)/;
const LIST = '/epcisHeader/epcisMasterData/vocabularyList';

/**
 * Master data in the header of a document that is valid. An element that is stated twice is one, with the attributes and
 * children of both. Attributes without a value say nothing and are left out.
 *
 * @example masterDataOf(document) // [{ vocabulary: 'ReadPoint', uri: 'https://id.gs1.org/414/…', … }]
 */
export function masterDataOf(document: EpcisDocument): MasterDataElement[] {
  const { found } = gathered(document);
  return Array.from(found.values(), (element) => ({ ...element, children: [...element.children] }));
}

/** Where a document states more than is kept of one; undefined if it does not. */
export function masterDataFault(document: EpcisDocument): CaptureError | undefined {
  return gathered(document).fault;
}

function gathered(document: EpcisDocument): { found: Map<string, Gathered>; fault?: CaptureError } {
  const found = new Map<string, Gathered>();
  let stated = 0;
  for (const [at, vocabulary] of vocabulariesOf(document.root).entries()) {
    const type = text(vocabulary['type']);
    const name = STANDARD_TYPE.exec(type)?.[1] ?? type;
    for (const [index, element] of objects(vocabulary['vocabularyElementList']).entries()) {
      const excess = excessOf(gather(found, name, element, document.context), ++stated);
      if (!excess) continue;
      const pointer = `${LIST}/${at}/vocabularyElementList/${index}`;
      return { found, fault: { eventIndex: null, pointer, rule: 'master-data', ...excess } };
    }
  }
  return { found };
}

/**
 * The form under which two spellings of an element are equal: the word of a term of CBV, else the identifier's one form.
 *
 * @example elementUri('https://ref.gs1.org/cbv/BizStep-packing') // 'packing'
 */
export function elementUri(id: string): string {
  const trimmed = id.trim();
  const word = trimmed.replace(CBV_TERM, '');
  return word === trimmed ? normalizeIdentifier(trimmed) : word;
}

type Gathered = Pick<MasterDataElement, 'vocabulary' | 'id' | 'uri'> & {
  readonly attributes: MasterDataAttribute[];
  readonly children: Set<string>;
};

function gather(
  found: Map<string, Gathered>,
  vocabulary: string,
  stated: JsonObject,
  context: JsonLdContext,
): Gathered {
  const id = text(stated['id']);
  const uri = elementUri(id);
  const key = JSON.stringify([vocabulary, uri]);
  const element = found.get(key) ?? { vocabulary, id, uri, attributes: [], children: new Set<string>() };
  found.set(key, element);
  for (const { id: name, attribute: value } of objects(stated['attributes'])) {
    if (value === undefined || value === null) continue;
    element.attributes.push({ id: text(name), name: attributeName(text(name), context), value });
  }
  const children = Array.isArray(stated['children']) ? stated['children'] : [];
  for (const child of children) element.children.add(elementUri(text(child)));
  return element;
}

function vocabulariesOf(root: JsonObject): JsonObject[] {
  const header = root['epcisHeader'];
  const stated = isObject(header) ? header['epcisMasterData'] : undefined;
  return isObject(stated) ? objects(stated['vocabularyList']) : [];
}

function excessOf(
  { attributes, children }: Gathered,
  elements: number,
): { found: string; expected: string } | undefined {
  const counts = { elements, attributes: attributes.length, children: children.size };
  for (const [what, limit] of Object.entries(MASTER_DATA_BOUNDS)) {
    const count = counts[what as keyof typeof counts];
    const where = what === 'elements' ? 'a document' : 'an element';
    if (count > limit) return { found: `${count} ${what}`, expected: `at most ${limit} ${what} in ${where}` };
  }
  return undefined;
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
