import type { EntityType } from './entity.js';

/** What a cue says of what follows it. */
export type CueRole =
  | Extract<
      EntityType,
      'BEST_BEFORE' | 'DATE' | 'GLN' | 'GTIN' | 'LOT' | 'MADE' | 'RECEIVED' | 'SERIAL' | 'SITE' | 'SSCC'
    >
  | 'OTHER';

export interface Cue {
  readonly role: CueRole;
  readonly start: number;
  readonly end: number;
}

const NUMBER_WORDS = "(?: ?(?:nos?|numbers?|codes?|ids?|nrs?)\\b)*(?: ?#s?\\b)?(?:'?s\\b)?";
const DATE_WORDS =
  '(?: ?(?:if )?(?:by|before|on|until|thru|through)\\b)?(?: ?dates?\\b)?(?: codes?\\b)?(?: of\\b| is\\b| was\\b| are\\b)?';

const CUES: readonly (readonly [CueRole, string])[] = [
  [
    'BEST_BEFORE',
    `(?:best (?:if )?(?:used? |sold |enjoyed )?(?:by|before|buy)|best buy|use[d]?[ -]?(?:by|before)|sell(?:[ -]by|(?= dates?))|sold by(?= dates?)|enjoy (?:by|before)|expir(?:y|es|ation)|exp\\b|bbe?\\b|mhd\\b|mindestens haltbar bis|à consommer (?:de préférence )?avant|consumir (?:preferentemente )?antes)(?: the)?${DATE_WORDS}`,
  ],
  [
    'MADE',
    `(?:manufactur(?:ed|ing)|production|produced|made|packed|pack(?:ing|aging)?(?= dates?)|packed on|mfg\\.?|mfd|hergestellt am)${DATE_WORDS}`,
  ],
  ['RECEIVED', `(?:received|delivered|arriv(?:al|ed)|receipt|eingegangen)${DATE_WORDS}`],
  ['DATE', `(?:julian )?dates?(?: coded?s?)?(?: on (?:the )?bag)?(?: of| prior to)?`],
  ['DATE', `(?:prior to|between|as of)(?= \\p{L}{0,9} ?\\d)`],
  ['GTIN', `(?:upc|gtin|ean|bar ?code)(?:[ -]?(?:1[234]|8)(?!\\d))?${NUMBER_WORDS}`],
  ['SSCC', `sscc${NUMBER_WORDS}`],
  ['GLN', `gln${NUMBER_WORDS}`],
  ['SERIAL', `(?:serial|s/n\\b|sn\\b)${NUMBER_WORDS}`],
  [
    'SITE',
    `(?:est(?:ablishment)?\\.?|plant|facility)(?: ?(?:nos?|numbers?|codes?|ids?)\\b|(?=[ .#]*[mpg]?\\d))`,
  ],
  [
    'OTHER',
    `(?:items?|skus?|product|plu|catalog|supc|model|style|basket|phone|permit|(?:a|p)sys|license)(?: ?(?:nos?|numbers?|codes?|ids?)\\b|(?=[ #:.]{0,3}\\d))`,
  ],
  [
    'LOT',
    `(?:lots?|batch(?:es)?|charge|lote|case manufacturing)${NUMBER_WORDS}(?:(?:/| and )(?:expiration )?dates?)?`,
  ],
  ['LOT', `product codes?(?=[: ]{1,2}[a-z]\\d)`],
  ['LOT', `codes?(?: numbers?)?`],
];

const PATTERNS = CUES.map(
  ([role, pattern]) => [role, new RegExp(`(?<![\\p{L}\\d])${pattern}`, 'giu')] as const,
);

/** Cues in order of the text; of two that overlap the one that begins first, of those the longer. */
export function findCues(text: string): Cue[] {
  const found = PATTERNS.flatMap(([role, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({
      role,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Cue[] = [];
  for (const cue of found) if (cue.start >= (kept.at(-1)?.end ?? 0)) kept.push(cue);
  return kept;
}
