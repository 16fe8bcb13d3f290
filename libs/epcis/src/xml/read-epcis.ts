import {
  defaultBounds,
  readDocument,
  type DocumentBounds,
  type ReadResult,
} from '../document/read-document.js';
import { isXml, readXmlDocument } from './document-of-xml.js';

/**
 * Reads an EPCIS document in either of its forms: bytes that begin with `<` are XML (1.2 or 2.0), all else is JSON.
 *
 * @param input - bytes in UTF-8; text and parsed values are JSON
 */
export function readEpcis(
  input: Uint8Array | string | object,
  bounds: DocumentBounds = defaultBounds,
): ReadResult {
  return input instanceof Uint8Array && isXml(input)
    ? readXmlDocument(input, bounds)
    : readDocument(input, bounds);
}
