import { digitsOf, isIban, passesLuhn } from './check-digits.js';
import { isBsn, isCpf, isFrenchNir, isPesel, isSpanishDni, isUkNino, isUsSsn } from './national-ids.js';

/** What kind of personal data was found. */
export type PersonalDataKind = 'CARD' | 'EMAIL' | 'IBAN' | 'IP_ADDRESS' | 'NATIONAL_ID' | 'PERSON' | 'PHONE';

/** One rule: where the pattern matches and `holds` agrees, group `found` (else the whole match) is masked. */
export interface MaskingRule {
  /** Stable name, as docs/texts.md lists it. */
  readonly name: string;
  readonly kind: PersonalDataKind;
  readonly pattern: RegExp;
  readonly holds?: (found: string, before: string) => boolean;
}

/** A number right after one of these words is of goods, not of a person. */
const GOODS_CUE =
  /\b(?:lots?|batch(?:es)?|serials?|upcs?|gtins?|eans?|ssccs?|glns?|codes?|items?|skus?|est|case|po|orders?|products?|ndc|models?)(?: (?:no|nos|numbers?|codes?))?[.:# ]*[#(]?$/i;
const ofGoods = (before: string): boolean => GOODS_CUE.test(before);

/** Issuer ranges of payment cards (ISO/IEC 7812): Visa, Mastercard, American Express, Discover. */
const CARD_ISSUER = /^(?:4|5[1-5]|2[2-7]|3[47]|6011|65)/;

const NAME = "\\p{Lu}[\\p{L}'’-]+";
const NAMES = `${NAME}(?:(?: \\p{Lu}\\.)? ${NAME}){0,3}`;
const TITLES =
  'Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Monsieur|Madame|Señor|Señora|Sr|Sra|Inspector|Officer|Nurse|Driver';
const CUES =
  '[Cc]ontact(?: person)?|[Aa]ttn|[Aa]ttention|[Ss]igned(?: by)?|[Rr]eported by|[Ii]nspected by|[Cc]omplainant|[Pp]atient|[Cc]onsumer name|[Ii]nspector|[Aa]nsprechpartner|[Dd]river';

/** Every rule, in the order they are applied. */
export const MASKING_RULES: readonly MaskingRule[] = [
  {
    name: 'email',
    kind: 'EMAIL',
    pattern: /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu,
  },
  {
    name: 'iban',
    kind: 'IBAN',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/gi,
    holds: (found) => isIban(found),
  },
  {
    name: 'card',
    kind: 'CARD',
    pattern: /(?<![\d/.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5}|\d{15,16})(?![\d/-])/g,
    holds: (found, before) => {
      const digits = digitsOf(found);
      return CARD_ISSUER.test(digits) && passesLuhn(digits) && !ofGoods(before);
    },
  },
  {
    name: 'us-ssn',
    kind: 'NATIONAL_ID',
    pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g,
    holds: (found, before) => isUsSsn(found) && !ofGoods(before),
  },
  {
    name: 'uk-nino',
    kind: 'NATIONAL_ID',
    pattern: /\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi,
    holds: (found, before) => isUkNino(found) && !ofGoods(before),
  },
  {
    name: 'es-dni',
    kind: 'NATIONAL_ID',
    pattern: /\b(?:[XYZ][ -]?\d{7}|\d{8})[ -]?[A-Z]\b/g,
    holds: (found, before) => isSpanishDni(found) && !ofGoods(before),
  },
  {
    name: 'br-cpf',
    kind: 'NATIONAL_ID',
    pattern: /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g,
    holds: (found) => isCpf(found),
  },
  {
    name: 'fr-nir',
    kind: 'NATIONAL_ID',
    pattern: /(?<!\d)[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    holds: (found, before) => isFrenchNir(found) && !ofGoods(before),
  },
  {
    name: 'nl-bsn',
    kind: 'NATIONAL_ID',
    pattern: /\b(?:BSN|burgerservicenummer)[ :.#]{1,3}(?<found>\d{8,9})(?!\d)/gi,
    holds: (found) => isBsn(found),
  },
  {
    name: 'pl-pesel',
    kind: 'NATIONAL_ID',
    pattern: /\bPESEL[ :.#]{1,3}(?<found>\d{11})(?!\d)/gi,
    holds: (found) => isPesel(found),
  },
  {
    name: 'id-after-cue',
    kind: 'NATIONAL_ID',
    pattern:
      /\b(?:passport|driver'?s licen[cs]e|national id|identity card|social security|SSN|aadhaar)(?: (?:no|number|nr))?[ .:#]{1,3}(?<found>(?=[A-Z0-9 -]{0,12}\d)[A-Z0-9][A-Z0-9 -]{4,14}[A-Z0-9])\b/gi,
  },
  {
    name: 'phone-international',
    kind: 'PHONE',
    pattern: /(?<![\p{L}\d+])\+\d{1,3}(?:[ .()-]{0,2}\d){7,12}(?!\d)/gu,
  },
  {
    name: 'phone-north-american',
    kind: 'PHONE',
    pattern: /(?<![\d.-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])[2-9]\d{2}[ .-]\d{4}(?![\d-])/g,
    holds: (_, before) => !ofGoods(before),
  },
  {
    name: 'phone-after-cue',
    kind: 'PHONE',
    pattern:
      /\b(?:tel|telephone|phone|mobile|cell|fax|call|hotline|telefon|téléphone)(?: (?:no|number))?(?: at)?[ .:]{1,3}(?<found>\(?\d(?:[ ./()-]{0,3}\d){6,13})(?!\d)/gi,
  },
  {
    name: 'ip-address',
    kind: 'IP_ADDRESS',
    pattern:
      /\bIP(?: address)?[ :]{1,2}(?<found>(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))(?![\d.])/gi,
  },
  {
    name: 'person-after-title',
    kind: 'PERSON',
    pattern: new RegExp(`(?<!\\p{L})(?:${TITLES})\\.? (?<found>${NAMES})`, 'gu'),
  },
  {
    name: 'person-after-cue',
    kind: 'PERSON',
    pattern: new RegExp(
      `(?<!\\p{L})(?:${CUES}):? ?[-–:]? ?(?<found>${NAME}(?: \\p{Lu}\\.)?(?: ${NAME}){1,2})`,
      'gu',
    ),
  },
];
