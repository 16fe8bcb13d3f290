import { digitsOf, remainder, weighted } from './check-digits.js';

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** US social security number: areas 000, 666 and 9xx, group 00 and serial 0000 are never given out. */
export function isUsSsn(text: string): boolean {
  return /^(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}$/.test(text);
}

/** UK National Insurance number. */
export function isUkNino(text: string): boolean {
  return /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/i.test(
    text,
  );
}

/** Spanish DNI or NIE with its letter. */
export function isSpanishDni(text: string): boolean {
  const [, lead = '', digits = '', letter = ''] = /^([XYZ]?)[ -]?(\d{7,8})[ -]?([A-Z])$/i.exec(text) ?? [];
  if (digits.length !== (lead === '' ? 8 : 7)) return false;
  const number = (lead === '' ? '' : String('XYZ'.indexOf(lead.toUpperCase()))) + digits;
  return DNI_LETTERS[Number(number) % 23] === letter.toUpperCase();
}

/** Brazilian CPF as it is written, `000.000.000-00`, with both check digits. */
export function isCpf(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 11 || /^(\d)\1+$/.test(digits)) return false;
  const check = (length: number): number =>
    ((weighted(
      digits,
      Array.from({ length }, (_, i) => length + 1 - i),
    ) *
      10) %
      11) %
    10;
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** French NIR (numéro de sécurité sociale) with its key. */
export function isFrenchNir(text: string): boolean {
  const digits = digitsOf(text);
  return (
    digits.length === 15 &&
    /^[12]/.test(digits) &&
    97 - remainder(digits.slice(0, 13), 97) === Number(digits.slice(13))
  );
}

/** Dutch BSN: nine digits that pass the eleven test. */
export function isBsn(text: string): boolean {
  const digits = digitsOf(text).padStart(9, '0');
  return (
    digits.length === 9 && Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
  );
}

/** Polish PESEL with its check digit. */
export function isPesel(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length === 11 && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}
