const DIGITS = /^\d+$/;

/**
 * GS1 check digit for the digits before it: weights 3 and 1 in turn from the right, modulo 10 (GS1 General
 * Specifications, section 7.9).
 *
 * @param digits - the key without its check digit
 * @throws RangeError if there is anything but digits
 * @example checkDigit('952114101234') // '5'
 */
export function checkDigit(digits: string): string {
  if (!DIGITS.test(digits)) throw new RangeError(`expected digits only, found ${digits.slice(0, 40)}`);
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) {
    sum += (digits.charCodeAt(i) - 48) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The digits with their check digit behind them. */
export function withCheckDigit(digits: string): string {
  return digits + checkDigit(digits);
}

/**
 * Says whether the last digit is the right check digit.
 *
 * @example hasValidCheckDigit('9521141012345') // true
 */
export function hasValidCheckDigit(digits: string): boolean {
  return DIGITS.test(digits) && digits.length > 1 && checkDigit(digits.slice(0, -1)) === digits.at(-1);
}
