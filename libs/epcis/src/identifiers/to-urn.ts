import type { Gs1Key, KeyAi } from './gs1-key.js';
import { parseIdentifier } from './normalize.js';
import { encodeForUrn } from './percent.js';

type Writer = (key: Gs1Key, prefixLength: number) => string | undefined;

/** Company prefix, dot, rest of the digits before the check digit. */
function dotted(digits: string, prefixLength: number): string {
  return `${digits.slice(0, prefixLength)}.${digits.slice(prefixLength)}`;
}

/** As {@link dotted}, with the digit that stands before the prefix put at the head of the reference. */
function dottedWithLead(digits: string, prefixLength: number): string {
  return `${digits.slice(1, prefixLength + 1)}.${digits[0]}${digits.slice(prefixLength + 1)}`;
}

const gtinWriter: Writer = ({ value, qualifier }, length) => {
  const item = dottedWithLead(value.slice(0, 13), length);
  if (!qualifier) return `urn:epc:idpat:sgtin:${item}.*`;
  const schemes: Partial<Record<string, string>> = {
    '21': 'id:sgtin',
    '10': 'class:lgtin',
    '235': 'id:upui',
  };
  return `urn:epc:${schemes[qualifier.ai]}:${item}.${encodeForUrn(qualifier.value)}`;
};

/** A key whose serial is the tail of its value behind `digits` digits and the check digit. */
const tailWriter = (scheme: string, start: number, digits: number): Writer => {
  return ({ value }, length) => {
    const type = dotted(value.slice(start, start + digits), length);
    const serial = value.slice(start + digits + 1);
    return serial === ''
      ? `urn:epc:idpat:${scheme}:${type}.*`
      : `urn:epc:id:${scheme}:${type}.${encodeForUrn(serial)}`;
  };
};

const textWriter = (scheme: string): Writer => {
  return ({ value }, length) => {
    const digits = /^\d*/.exec(value)![0];
    if (digits.length < length || value.length === length) return undefined;
    return `urn:epc:id:${scheme}:${value.slice(0, length)}.${encodeForUrn(value.slice(length))}`;
  };
};

const plainWriter = (scheme: string, digits: number): Writer => {
  return ({ value, qualifier }, length) =>
    qualifier ? undefined : `urn:epc:id:${scheme}:${dotted(value.slice(0, digits), length)}`;
};

const WRITERS: Readonly<Record<KeyAi, Writer>> = {
  '00': ({ value }, length) => `urn:epc:id:sscc:${dottedWithLead(value.slice(0, 17), length)}`,
  '01': gtinWriter,
  '253': tailWriter('gdti', 0, 12),
  '255': tailWriter('sgcn', 0, 12),
  '401': textWriter('ginc'),
  '402': plainWriter('gsin', 16),
  '414': ({ value, qualifier }, length) =>
    `urn:epc:id:sgln:${dotted(value.slice(0, 12), length)}.${encodeForUrn(qualifier?.value ?? '0')}`,
  '417': plainWriter('pgln', 12),
  '8003': tailWriter('grai', 1, 12),
  '8004': textWriter('giai'),
  '8006': ({ value, qualifier }, length) => {
    const item = `${dottedWithLead(value.slice(0, 13), length)}.${value.slice(14, 16)}.${value.slice(16)}`;
    if (qualifier?.ai === '10') return undefined;
    return qualifier
      ? `urn:epc:id:itip:${item}.${encodeForUrn(qualifier.value)}`
      : `urn:epc:idpat:itip:${item}.*`;
  },
  '8010': (key, length) => {
    const part = textWriter('cpi')({ ai: '8010', value: key.value }, length);
    return key.qualifier
      ? part && `${part}.${key.qualifier.value}`
      : part && `${part.replace(':id:', ':idpat:')}.*`;
  },
  '8017': plainWriter('gsrnp', 17),
  '8018': plainWriter('gsrn', 17),
};

/**
 * The EPC URN of an identifier, or the class pattern where it names a class. A Digital Link does not say how long its
 * company prefix is, so the caller must.
 *
 * @param companyPrefixLength - digits of the GS1 Company Prefix, 6 to 12
 * @returns undefined if the URI holds no GS1 key or the key has no URN
 * @throws RangeError for another prefix length
 * @example toUrn('https://id.gs1.org/01/04012345111118/21/9876', 7) // 'urn:epc:id:sgtin:4012345.011111.9876'
 */
export function toUrn(uri: string, companyPrefixLength: number): string | undefined {
  if (!Number.isInteger(companyPrefixLength) || companyPrefixLength < 6 || companyPrefixLength > 12) {
    throw new RangeError(`a company prefix has 6 to 12 digits, not ${companyPrefixLength}`);
  }
  const key = parseIdentifier(uri);
  return key && WRITERS[key.ai](key, companyPrefixLength);
}
