import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { JsonFault } from '../document/read-json.js';

/** An element of XML with what EPCIS looks at: no comments, no processing instructions. */
export type XmlElement = {
  /** Name without prefix. */
  name: string;
  /** '' for none. */
  namespace: string;
  /** As it was written; '' for none. */
  prefix: string;
  attributes: readonly XmlAttribute[];
  children: XmlElement[];
  /** All text directly inside, as it stands. */
  text: string;
};

export type XmlAttribute = { name: string; namespace: string; prefix: string; value: string };

/** What an XML document may have at most. */
export type XmlBounds = { maxBytes: number; maxDepth: number; maxTextLength: number };

/** The root element, or why there is none. */
export type XmlResult = { ok: true; root: XmlElement } | { ok: false; fault: JsonFault };

const MAX_ATTRIBUTES = 100;
const XMLNS = 'http://www.w3.org/2000/xmlns/';

class XmlFault extends Error {
  public constructor(public readonly fault: JsonFault) {
    super(fault.rule);
  }
}

/**
 * Reads XML into a tree: UTF-8, well-formed, within bounds. A document type is refused, so there is nothing that could
 * expand or fetch; of entities only the five of XML itself are known.
 */
export function readXml(bytes: Uint8Array, bounds: XmlBounds): XmlResult {
  if (bytes.byteLength > bounds.maxBytes) {
    const expected = `at most ${bounds.maxBytes} bytes; send the events in several documents`;
    return failure('size', `${bytes.byteLength} bytes`, expected);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failure('encoding', 'bytes that are not UTF-8', 'UTF-8');
  }
  try {
    return { ok: true, root: treeOf(text, bounds) };
  } catch (error) {
    if (error instanceof XmlFault) return { ok: false, fault: error.fault };
    const found = error instanceof Error ? error.message : 'not XML';
    return failure('xml', found, 'well-formed XML 1.0 with namespaces');
  }
}

function treeOf(text: string, bounds: XmlBounds): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const add = (more: string): void => {
    const element = open.at(-1);
    if (!element) return;
    element.text += more;
    if (element.text.length > bounds.maxTextLength) {
      refuse(open, 'text-length', 'a longer text', `at most ${bounds.maxTextLength} signs in one text`);
    }
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () =>
    refuse([], 'xml-doctype', 'a document type', 'XML without DOCTYPE and entities'),
  );
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') {
      refuse([], 'encoding', encoding.slice(0, 40), 'UTF-8');
    }
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentag', (tag) => {
    if (open.length >= bounds.maxDepth) {
      refuse(
        open,
        'depth',
        `more than ${bounds.maxDepth} levels`,
        `at most ${bounds.maxDepth} levels of nesting`,
      );
    }
    const element = elementOf(tag, open);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root!;
}

function elementOf(tag: SaxesTagNS, open: readonly XmlElement[]): XmlElement {
  const attributes = Object.values(tag.attributes);
  if (attributes.length > MAX_ATTRIBUTES) {
    refuse(
      open,
      'attribute-count',
      `${attributes.length} attributes`,
      `at most ${MAX_ATTRIBUTES} attributes`,
    );
  }
  return {
    name: tag.local,
    namespace: tag.uri,
    prefix: tag.prefix,
    attributes: attributes
      .filter(({ uri }) => uri !== XMLNS)
      .map(({ local, uri, prefix, value }) => ({ name: local, namespace: uri, prefix, value })),
    children: [],
    text: '',
  };
}

function refuse(open: readonly XmlElement[], rule: string, found: string, expected: string): never {
  const pointer = open.map(({ name }) => `/${name}`).join('');
  throw new XmlFault({ pointer, rule, found, expected });
}

function failure(rule: string, found: string, expected: string): XmlResult {
  return { ok: false, fault: { pointer: '', rule, found, expected } };
}
