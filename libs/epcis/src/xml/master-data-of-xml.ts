import type { JsonObject, JsonValue } from '../epcis.types.js';
import { unwrapped, type EventMapping } from './event-of-xml.js';
import type { XmlElement } from './xml-tree.js';

const LIST = '/epcisHeader/epcisMasterData/vocabularyList';

/**
 * The `epcisHeader` that says what the master data in the header of an XML document says; undefined where it has none.
 * The attributes `type` and `id` become members, and the content of an element `attribute` its value.
 */
export function headerOfXml(header: XmlElement | undefined, mapping: EventMapping): JsonObject | undefined {
  const masterData = header && childrenOf(header, 'EPCISMasterData')[0];
  const list = masterData && childrenOf(masterData, 'VocabularyList')[0];
  if (!list) return undefined;
  const vocabularyList = childrenOf(list, 'Vocabulary').map((vocabulary, index) =>
    vocabularyOf(vocabulary, mapping, `${LIST}/${index}`),
  );
  return { epcisMasterData: { vocabularyList } };
}

function vocabularyOf(vocabulary: XmlElement, mapping: EventMapping, pointer: string): JsonObject {
  const elements = childrenOf(vocabulary, 'VocabularyElementList').flatMap((list) =>
    childrenOf(list, 'VocabularyElement'),
  );
  return {
    ...named(vocabulary, 'type'),
    vocabularyElementList: elements.map((element, index) =>
      elementOf(element, mapping, `${pointer}/vocabularyElementList/${index}`),
    ),
  };
}

function elementOf(element: XmlElement, mapping: EventMapping, pointer: string): JsonObject {
  const attributes = childrenOf(element, 'attribute').map((attribute) => ({
    ...named(attribute, 'id'),
    attribute: valueOf(attribute, mapping, pointer),
  }));
  const children = childrenOf(element, 'children').flatMap((list) =>
    childrenOf(list, 'id').map(({ text }) => text.trim()),
  );
  return {
    ...named(element, 'id'),
    ...(attributes.length > 0 ? { attributes } : {}),
    ...(children.length > 0 ? { children } : {}),
  };
}

function valueOf(attribute: XmlElement, mapping: EventMapping, pointer: string): JsonValue {
  return mapping.free({ ...attribute, attributes: [] }, `${pointer}/attributes`);
}

function named(element: XmlElement, name: string): JsonObject {
  const attribute = element.attributes.find(
    (candidate) => candidate.name === name && candidate.namespace === '',
  );
  return attribute ? { [name]: attribute.value.trim() } : {};
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return unwrapped(element).filter((child) => child.name === name && child.namespace === '');
}
