import { checkDigit } from '../identifiers/check-digit.js';
import { isKeySegment, parseDigitalLink } from '../identifiers/digital-link.js';
import { FOREIGN_SCHEMES, foreignFault } from '../identifiers/foreign-schemes.js';
import { KEY_RULES, type Gs1Key } from '../identifiers/gs1-key.js';
import { EPC_SCHEMES, parseUrn } from '../identifiers/urn.js';

/** Why an identifier cannot be what it says it is. */
export type IdentifierFault = {
  rule: 'check-digit' | 'epc-urn' | 'digital-link' | 'piece-count';
  found: string;
  expected: string;
};

const EPC_URN = /^urn:epc:([a-z]+):([a-z0-9_]*):?(.*)$/s;
/** Domains that RFC 2606 keeps for examples: what stands there identifies nothing, and texts of GS1 make it up. */
const IN_AN_EXAMPLE = /^https?:\/\/(?:[^/?#]*\.)?(?:example\.(?:com|net|org)|example)(?:[:/?#]|$)/;
/** Links of the resolver whose key is all that can be wrong, and has its check digit last. */
const PLAIN_LINK =
  /^https:\/\/id\.gs1\.org\/(?:01\/(?=\d{14}(?:$|\/))|00\/(?=\d{18}$)|41[47]\/(?=\d{13}$))(\d{13,18})(?:\/(?:10|21)\/[A-Za-z0-9'\-._;=]{1,20})?$/;
const GS1_RESOLVER = 'https://id.gs1.org/';

/**
 * Looks for what an identifier shows to be wrong by itself: check digits, EPC URNs whose parts do not add up or whose
 * scheme does not exist, links of the GS1 resolver that hold no key. Other URIs have no fault that could be seen here.
 *
 * @example identifierFault('https://id.gs1.org/01/09521141012346')?.expected // 'check digit 5: 09521141012345'
 */
export function identifierFault(uri: string): IdentifierFault | undefined {
  if (uri.startsWith('urn:epc:')) return urnFault(uri);
  const plain = PLAIN_LINK.exec(uri);
  if (plain) return digitFault(uri, plain[1]!);
  const key = parseDigitalLink(uri);
  if (key) return IN_AN_EXAMPLE.test(uri) ? undefined : keyFault(uri, key);
  const segment = uri.startsWith(GS1_RESOLVER) ? uri.slice(GS1_RESOLVER.length).split('/')[0]! : '';
  if (!isKeySegment(segment)) return undefined;
  const expected = `a key of (${segment}) and its qualifiers in the lengths and signs of the GS1 General Specifications`;
  return { rule: 'digital-link', found: uri, expected };
}

function urnFault(uri: string): IdentifierFault | undefined {
  const fault = (expected: string): IdentifierFault => ({ rule: 'epc-urn', found: uri, expected });
  const [, kind = '', scheme = '', value = ''] = EPC_URN.exec(uri) ?? [];
  if (kind !== 'id' && kind !== 'class' && kind !== 'idpat') {
    return fault('urn:epc:id:, urn:epc:class: or urn:epc:idpat:; what a tag holds is not what the object is');
  }
  if (kind === 'id' && FOREIGN_SCHEMES.includes(scheme)) {
    const expected = foreignFault(scheme, value);
    return expected === undefined
      ? undefined
      : { ...fault(expected), rule: expected.startsWith('check digit') ? 'check-digit' : 'epc-urn' };
  }
  const schemes = kind === 'class' ? EPC_SCHEMES.class : EPC_SCHEMES.id;
  if (!schemes.includes(scheme)) {
    const known = kind === 'id' ? [...schemes, ...FOREIGN_SCHEMES] : schemes;
    return fault(`one of the schemes ${known.join(', ')}`);
  }
  const key = parseUrn(uri);
  if (key) return keyFault(uri, key);
  if (kind === 'idpat') return fault('a class: company prefix and reference, and .* for the serial');
  return fault('digits and signs in the lengths that the EPC scheme prescribes');
}

function keyFault(uri: string, { ai, value }: Gs1Key): IdentifierFault | undefined {
  const length = KEY_RULES[ai].checked;
  const fault = length === undefined ? undefined : digitFault(uri, value.slice(0, length));
  if (fault || ai !== '8006') return fault;
  const [piece, total] = [value.slice(14, 16), value.slice(16, 18)];
  if (Number(piece) >= 1 && Number(piece) <= Number(total)) return undefined;
  return { rule: 'piece-count', found: uri, expected: `a piece from 01 to the total ${total}, not ${piece}` };
}

function digitFault(uri: string, digits: string): IdentifierFault | undefined {
  const right = checkDigit(digits.slice(0, -1));
  if (digits.endsWith(right)) return undefined;
  return {
    rule: 'check-digit',
    found: uri,
    expected: `check digit ${right}: ${digits.slice(0, -1)}${right}`,
  };
}
