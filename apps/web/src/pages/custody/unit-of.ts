import { keccak256, stringToBytes } from 'viem';
import type { Hex } from '../../network/types.js';

/** A logistic unit as the reader wrote it: its hash on chain, or why it is none. */
export type NamedUnit =
  | { readonly given: string; readonly unit: Hex }
  | { readonly given: string; readonly fault: string };

/**
 * Reads an SSCC from eighteen digits, with or without `(00)`, or from a Digital Link, and hashes its digits with
 * Keccak-256, which is how the contract knows a unit.
 */
export function unitOf(given: string): NamedUnit {
  const digits = /(?:^|\/00\/|^\(00\))(\d{18})(?:[/?#]|$)/.exec(given)?.[1];
  if (digits === undefined)
    return { given, fault: 'is no SSCC: give its eighteen digits or its Digital Link' };
  if (checkDigit(digits) !== Number(digits[17]))
    return { given, fault: `has a wrong last digit; by the others it would be ${checkDigit(digits)}` };
  return { given, unit: keccak256(stringToBytes(digits)) };
}

/** Units of a text that names one a line, or several with spaces or commas between them; each once. */
export function unitsOf(text: string): NamedUnit[] {
  const given = text.split(/[\s,;]+/).filter((word) => word !== '');
  return [...new Set(given)].map(unitOf);
}

/** GS1: weights 3 and 1 alternate from the right; the sum and the check digit make a multiple of ten. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits.slice(0, 17)).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10;
}
