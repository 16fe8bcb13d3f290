import { hasValidCheckDigit, normalizeIdentifier, parseIdentifier } from '@tallyhouse/epcis';
import { productOf } from './mentions.js';

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const MOST_CHARACTERS = 1_000;
const GTIN = /^(?:\d{8}|\d{12,14})$/;
const GLN = /^\d{13}$/;

const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

function digits(text: string, ai: string): string {
  if (!hasValidCheckDigit(text))
    throw new RangeError(`${quoted(text)}: the last digit does not fit the others; look for a slip`);
  return `https://id.gs1.org/${ai}/${text}`;
}

function uriOf(text: string, form: RegExp, ai: string, wanted: string): string {
  if (form.test(text)) return digits(text, ai);
  if (URI.test(text) && text.length <= MOST_CHARACTERS) return text;
  throw new RangeError(`${quoted(text)} names nothing; write ${wanted}`);
}

/**
 * A product as series name it.
 *
 * @param given digits of a GTIN, a Digital Link or an EPC URN of the product or of a piece of it
 * @throws RangeError with what to write
 * @example productUri('9521141012345') // 'https://id.gs1.org/01/09521141012345'
 */
export function productUri(given: string): string {
  const uri = normalizeIdentifier(uriOf(given, GTIN, '01', 'the digits of a GTIN, or its Digital Link'));
  const product = productOf(uri);
  if (product === undefined || parseIdentifier(uri)?.qualifier)
    throw new RangeError(
      `${quoted(given)} is no product; leave lot and serial number out, or write its GTIN`,
    );
  return product;
}

/**
 * A site as series name it.
 *
 * @param given digits of a GLN, a Digital Link, an EPC URN or any other URI of a place
 * @throws RangeError with what to write
 * @example siteUri('9521141000014') // 'https://id.gs1.org/414/9521141000014'
 */
export function siteUri(given: string): string {
  const uri = uriOf(
    given,
    GLN,
    '414',
    'the digits of a GLN, or the address under which events name the site',
  );
  const ai = parseIdentifier(uri)?.ai;
  if (ai === '01' || ai === '00') throw new RangeError(`${quoted(given)} names goods and no place`);
  return normalizeIdentifier(uri);
}
