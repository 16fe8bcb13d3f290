import { MASKING_RULES, type PersonalDataKind } from './rules.js';

/** A text without the personal data that the rules know, and how many of each kind were masked. */
export interface MaskedText {
  readonly text: string;
  readonly masked: Readonly<Partial<Record<PersonalDataKind, number>>>;
}

/** Characters before a match that a rule may look at. */
const CONTEXT = 40;

/**
 * Puts `[EMAIL]`, `[PHONE]` and so on where the rules find personal data. What was masked is not kept anywhere.
 * Masking a masked text changes nothing. Give it a normalised text: marks that nobody sees could split what a rule
 * looks for.
 *
 * @example maskPersonalData('Call Mr. John Smith at 555-867-5309') // text: 'Call Mr. [PERSON] at [PHONE]'
 */
export function maskPersonalData(text: string): MaskedText {
  const masked: Partial<Record<PersonalDataKind, number>> = {};
  let result = text;
  for (const { kind, pattern, holds } of MASKING_RULES) {
    result = result.replace(pattern, (...match: unknown[]) => {
      const groups = match.at(-1);
      const named =
        typeof groups === 'object' && groups !== null ? (groups as { found?: string }).found : undefined;
      const whole = match[0] as string;
      const offset = match.findLast((part) => typeof part === 'number') as number;
      const found = named ?? whole;
      if (holds && !holds(found, result.slice(Math.max(0, offset - CONTEXT), offset))) return whole;
      masked[kind] = (masked[kind] ?? 0) + 1;
      return whole.slice(0, whole.length - found.length) + `[${kind}]`;
    });
  }
  return { text: result, masked };
}
