import { checkDigit } from '../identifiers/check-digit.js';
import { parseDigitalLink } from '../identifiers/digital-link.js';
import { KEY_RULES } from '../identifiers/gs1-key.js';
import { isEpcUrnScheme, parseUrn } from '../identifiers/urn.js';

/** Why an identifier cannot be what it says it is. */
export type IdentifierFault = { rule: 'check-digit' | 'epc-urn'; found: string; expected: string };

/**
 * Looks for a wrong check digit in a Digital Link and for an EPC URN of a GS1 scheme whose parts do not add up.
 * Other URIs have no fault that could be seen here.
 *
 * @example identifierFault('https://id.gs1.org/01/09521141012346')?.expected // 'check digit 5: 09521141012345'
 */
export function identifierFault(uri: string): IdentifierFault | undefined {
  if (uri.startsWith('urn:epc:')) {
    if (!isEpcUrnScheme(uri) || parseUrn(uri)) return undefined;
    return {
      rule: 'epc-urn',
      found: uri,
      expected: 'digits and signs in the lengths that the EPC scheme prescribes',
    };
  }
  const key = parseDigitalLink(uri);
  const length = key && KEY_RULES[key.ai].checked;
  if (!length) return undefined;
  const digits = key.value.slice(0, length);
  const right = checkDigit(digits.slice(0, -1));
  if (digits.endsWith(right)) return undefined;
  return {
    rule: 'check-digit',
    found: uri,
    expected: `check digit ${right}: ${digits.slice(0, -1)}${right}`,
  };
}
