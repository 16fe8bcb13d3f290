import { checkDigit } from './check-digit.js';
import { isQualifierValue, keyToLink, type Gs1Key, type QualifierAi } from './gs1-key.js';

/**
 * A 14-digit GTIN of a company prefix, an item reference and an indicator digit (0: the piece itself).
 *
 * @throws RangeError if prefix and reference together do not have 12 digits
 * @example gtin('9521141', '01234') // '09521141012345'
 */
export function gtin(companyPrefix: string, itemReference: string, indicator = 0): string {
  const digits = `${indicator}${companyPrefix}${itemReference}`;
  return checked(digits, 13, 'indicator, company prefix and item reference');
}

/**
 * Digital Link of a class of trade items.
 *
 * @throws RangeError unless given 14 digits with a right check digit
 * @example gtinClass('09521141012345') // 'https://id.gs1.org/01/09521141012345'
 */
export function gtinClass(gtin14: string): string {
  return keyToLink({ ai: '01', value: validGtin(gtin14) });
}

/**
 * Digital Link of one trade item by GTIN and serial.
 *
 * @throws RangeError for a wrong GTIN or a serial that is not 1 to 20 GS1 signs
 * @example sgtin('09521141012345', '2017') // 'https://id.gs1.org/01/09521141012345/21/2017'
 */
export function sgtin(gtin14: string, serial: string): string {
  return qualified({ ai: '01', value: validGtin(gtin14) }, '21', serial);
}

/**
 * Digital Link of a lot by GTIN and batch or lot number.
 *
 * @throws RangeError for a wrong GTIN or a lot that is not 1 to 20 GS1 signs
 * @example lgtin('09521141012345', 'LOT-7') // 'https://id.gs1.org/01/09521141012345/10/LOT-7'
 */
export function lgtin(gtin14: string, lot: string): string {
  return qualified({ ai: '01', value: validGtin(gtin14) }, '10', lot);
}

/**
 * Digital Link of a logistic unit.
 *
 * @param serialReference - fills prefix and reference up to 16 digits
 * @throws RangeError if the digits do not add up
 * @example sscc('9521141', '000000001', 0) // 'https://id.gs1.org/00/095211410000000014'
 */
export function sscc(companyPrefix: string, serialReference: string, extension = 0): string {
  const digits = `${extension}${companyPrefix}${serialReference}`;
  return keyToLink({
    ai: '00',
    value: checked(digits, 17, 'extension, company prefix and serial reference'),
  });
}

/**
 * A 13-digit GLN of a company prefix and a location reference.
 *
 * @throws RangeError if the two do not have 12 digits
 * @example gln('9521141', '00001') // '9521141000014'
 */
export function gln(companyPrefix: string, locationReference: string): string {
  return checked(`${companyPrefix}${locationReference}`, 12, 'company prefix and location reference');
}

/**
 * Digital Link of a physical location, or of a place inside it by its extension.
 *
 * @throws RangeError for a wrong GLN or an extension that is not 1 to 20 GS1 signs
 * @example sgln('9521141000014', 'dock-2') // 'https://id.gs1.org/414/9521141000014/254/dock-2'
 */
export function sgln(gln13: string, extension?: string): string {
  const key: Gs1Key = { ai: '414', value: validGln(gln13) };
  return extension === undefined || extension === '0' ? keyToLink(key) : qualified(key, '254', extension);
}

/**
 * Digital Link of a party.
 *
 * @throws RangeError for a wrong GLN
 * @example pgln('9521141000014') // 'https://id.gs1.org/417/9521141000014'
 */
export function pgln(gln13: string): string {
  return keyToLink({ ai: '417', value: validGln(gln13) });
}

function validGtin(gtin14: string): string {
  return checked(gtin14.slice(0, -1), 13, 'GTIN', gtin14);
}

function validGln(gln13: string): string {
  return checked(gln13.slice(0, -1), 12, 'GLN', gln13);
}

function checked(digits: string, length: number, what: string, given?: string): string {
  if (digits.length !== length)
    throw new RangeError(`${what}: expected ${length} digits before the check digit, found ${digits.length}`);
  const whole = digits + checkDigit(digits);
  if (given !== undefined && given !== whole)
    throw new RangeError(`${what} ${given}: the check digit should make it ${whole}`);
  return whole;
}

function qualified(key: Gs1Key, ai: QualifierAi, value: string): string {
  if (!isQualifierValue(ai, value))
    throw new RangeError(`(${ai}): ${JSON.stringify(value)} is not 1 to 20 GS1 signs`);
  return keyToLink({ ...key, qualifier: { ai, value } });
}
