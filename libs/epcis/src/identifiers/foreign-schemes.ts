/** How an EPC URN of a scheme that GS1 took over from others must look, and why it is wrong if it is. */
type Scheme = { pattern: RegExp; form: string; checked?: (value: string) => string | undefined };

const CAGE = '[0-9A-HJ-NP-Z]{5,6}';
const LETTERS = 'A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ';

/** EPC Tag Data Standard, sections 6.3.13 to 6.3.20: schemes whose keys GS1 does not give out. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  gid: { pattern: /^\d{1,9}\.\d{1,8}\.\d{1,11}$/, form: 'manager number, class and serial in digits' },
  usdod: {
    pattern: new RegExp(`^${CAGE}\\.\\d{1,11}$`),
    form: 'CAGE code or DoDAAC, and a serial in digits',
  },
  adi: {
    pattern: new RegExp(`^${CAGE}\\.(?:[A-Z0-9-]|%2F){0,32}\\.(?:%23)?(?:[A-Z0-9-]|%2F){1,30}$`),
    form: 'CAGE code or DoDAAC, part number and serial in capitals and digits',
  },
  bic: {
    pattern: /^[A-Z]{3}[JUZ]\d{7}$/,
    form: 'three letters, U, J or Z, and seven digits',
    checked: bicFault,
  },
  imovn: { pattern: /^\d{7}$/, form: 'seven digits', checked: imoFault },
};

/** Names of those schemes. */
export const FOREIGN_SCHEMES: readonly string[] = Object.keys(SCHEMES);

/**
 * What is expected instead of the value of a URN of such a scheme; undefined if nothing is wrong with it.
 *
 * @example foreignFault('bic', 'CSQU3054384') // 'check digit 3: CSQU3054383'
 */
export function foreignFault(scheme: string, value: string): string | undefined {
  const { pattern, form, checked } = SCHEMES[scheme]!;
  return pattern.test(value) ? checked?.(value) : form;
}

/** ISO 6346: letters count 10 to 38 without multiples of 11, weights are powers of two, modulo 11 modulo 10. */
function bicFault(code: string): string | undefined {
  let sum = 0;
  for (let at = 0; at < 10; at++) {
    const letter = LETTERS.indexOf(code[at]!);
    sum += (letter < 0 ? Number(code[at]) : letter + 10) * 2 ** at;
  }
  const digit = String((sum % 11) % 10);
  return code.endsWith(digit) ? undefined : `check digit ${digit}: ${code.slice(0, -1)}${digit}`;
}

/** IMO ship number: weights 7 to 2, the last digit of the sum. */
function imoFault(number: string): string | undefined {
  let sum = 0;
  for (let at = 0; at < 6; at++) sum += Number(number[at]) * (7 - at);
  const digit = String(sum % 10);
  return number.endsWith(digit) ? undefined : `check digit ${digit}: ${number.slice(0, -1)}${digit}`;
}
