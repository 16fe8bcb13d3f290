import type { Entity } from './entity.js';
import { named } from './names.js';

/** Confidence in a name because a description of goods begins with it. */
export const DESCRIBED = 0.5;

const W = "[\\p{L}\\d%][\\p{L}\\d%.'’&/()-]*";
const NAME = `(?<name>(?:(?:${W}|&) ){0,13}?${W})`;
const FAULT =
  '(?:because|due to|which|and the labels|as they|as it|that (?:may|might|could)|after|which (?:may|might)|since|for (?:possible|potential))';
const MAY =
  '(?:(?:may|might|could)(?: instead| potentially| be| have been| not)?(?: contain| be contaminated| contaminated| been| have)|(?:is|are|was|were) (?:voluntarily )?recalled|contains? (?:an )?undeclared|tested positive|did not declare|served)';

const SENTENCES: readonly RegExp[] = [
  new RegExp(
    `recall(?:ing|ed)? (?:of )?(?:its |their |the |certain |specific |all |approximately [\\d,]+ (?:pounds|lbs|cases) of )?${NAME} ${FAULT}`,
    'giu',
  ),
  new RegExp(
    `(?:^|[.;] |the labels for |that the |recalling )(?:the |these |certain )?${NAME} ${MAY}`,
    'giu',
  ),
  new RegExp(
    `(?:undeclared [\\p{L} ]+|sulfites|salmonella|listeria(?: monocytogenes)?) in ${NAME}(?:$|[.;,])`,
    'giu',
  ),
  new RegExp(
    `(?:incorrect (?:back )?labels? (?:was|were) (?:attached to|applied to|on)) ${NAME} (?:and|which|that)`,
    'giu',
  ),
  new RegExp(
    `(?:actually|instead|products?) (?:contains?|includes?) (?:the recalled )?${NAME} (?:which|that|\\()`,
    'giu',
  ),
  new RegExp(`products? includes? (?:the )?recalled ${NAME}(?:$|[.;,])`, 'giu'),
];
const NO_PRODUCT =
  /^(?:(?:the |this |all |various |an? )?(?:firm|products?|recall|company|sample|label|labels|it|this|these|they|items?|allergens?|dates?|notified|possible|contamination)\b|undeclared|potential|positive|tested|listeria|salmonella|product\b)/i;

/** Where the name of goods ends in a description of them. */
const NAME_ENDS =
  / (?=net ?w(?:t|eight)|upc|gtin|\d[\d./]* ?(?:x|fl|oz|lbs?|g|gr|kg|ml|l|count|ct|pk|packs?|pounds?|ounces?|-?ounce|cartons?|cases?|units?|jars?|trays?)\b|packaged|packed|in (?:a|an|the|clear|clean|one|two|five|\d)|\((?!\d)|--|\*\*\*|labels? |keep |each|item|lots?\b|ingredients?|dist(?:ributed)?\b|manufactured|imported|exclusively|product of|sold|the product|half gallon|(?:one|two|five|ten) (?:pound|ounce)|a baseball|\d+ +vegetarian)|[;:,]|  | {1,2}\(s /iu;
const OF_CODES =
  /\b(?:dates?|lots?|codes?|sell by|use by|best by|upc|recalls?|see|sold|in)\b|\d\/\d|\d[a-z]? and \p{L}+ \d/iu;
/** Such a text begins with something else than a name of goods. */
const NO_NAME =
  /^(?:[("']|\d(?!\d*(?:lbs?|oz) \p{L}{3})|lots?\b|batch|codes?\b|upc|best|sell|use |used|exp|date|all\b|no\b|item|plu\b|product\b|products\b|julian|these|the\b|firm|this|undeclared|due|sample|tested|asys|a\)|enjoy|listeria|possible|possibly|contamination|hd\d|\S*\d{3})/iu;

/** Names of goods: what is recalled, what may be contaminated, and the beginning of a description of goods. */
export function productEntities(text: string): Entity[] {
  const told = SENTENCES.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { name: told = '' } = match.groups as { name?: string };
      const name = told.slice(told.lastIndexOf(' that the ') + 1).replace(/^that the /, '');
      const start = match.index + match[0].lastIndexOf(name);
      return NO_PRODUCT.test(name) || name.length < 3 ? [] : listed(text, start, name);
    }),
  );
  return told.length > 0 ? told : described(text);
}

/** Two names of one maker, `x bar brownie and x bar cookies`, are two goods; `salsa and chips` is one. */
function listed(text: string, start: number, name: string): Entity[] {
  const brand = name.split(' ')[0]!;
  const second = name.indexOf(` and ${brand} `);
  const parts =
    second < 0
      ? [[0, name.length]]
      : [
          [0, second],
          [second + 5, name.length],
        ];
  return parts.map(([from = 0, to = 0]) => named('PRODUCT', text, start + from, start + to, 0.6));
}

function described(text: string): Entity[] {
  if (
    NO_NAME.test(text) ||
    /\b(?:is|are|was|were|has|have|may) (?:\p{L}+ )?(?:recall|been|potential|contaminat|found|made|notif)/iu.test(
      text,
    )
  )
    return [];
  const end = NAME_ENDS.exec(text)?.index ?? text.length;
  const words = text.slice(0, end).trim();
  const count = words.split(' ').length;
  if (OF_CODES.test(words) || count > 14 || !/\p{L}{3}/u.test(words)) return [];
  return [named('PRODUCT', text, 0, words.length, DESCRIBED)];
}
