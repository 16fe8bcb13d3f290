/** What can be named in a grant, and how its digits are called on a label. */
export type NamedKind = 'ITEM' | 'PRODUCT' | 'SITE';

const DIGITS: Readonly<Record<NamedKind, readonly [RegExp, name: string]>> = {
  ITEM: [/^\d{18}$/, 'the 18 digits of an SSCC'],
  PRODUCT: [/^(?:\d{8}|\d{12,14})$/, 'the digits of a GTIN'],
  SITE: [/^\d{13}$/, 'the 13 digits of a GLN'],
};
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const ELEMENTS = /^(?:\(\d{2,4}\)[^()\s]+)+$/;

/** What is wrong with an identifier as far as it is typed; null where the api may take it. */
export function resourceFault(kind: NamedKind, typed: string): string | null {
  const text = typed.trim();
  const [digits, name] = DIGITS[kind];
  if (text === '') return `Say which, as a link, as on a label, or by ${name}.`;
  if (URI.test(text) || ELEMENTS.test(text)) return null;
  if (/^\d+$/.test(text)) {
    if (!digits.test(text)) return `These are ${text.length} digits; expected ${name}.`;
    const last = checkDigit(text);
    if (last !== Number(text.at(-1)))
      return `The last digit does not fit: by the others it would be ${last}.`;
    return null;
  }
  return `This is no identifier. Give a link such as https://id.gs1.org/01/…, (01)… as on a label, or ${name}.`;
}

/** GS1: weights 3 and 1 alternate from the right; the sum and the check digit make a multiple of ten. */
function checkDigit(digits: string): number {
  const before = Array.from(digits.slice(0, -1)).toReversed();
  const sum = before.reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
