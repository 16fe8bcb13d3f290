import type { Entity, EntityType } from './entity.js';
import {
  AMBIGUOUS_COUNTRIES,
  COUNTRY_NAMES,
  STATE_ABBREVIATIONS,
  STATE_CODES,
  STATE_NAMES,
} from './gazetteer.js';

const WORD = "[\\p{L}\\d][\\p{L}\\d.'’&;-]*";
const LEGAL =
  '(?:inc|incorporated|llc|l\\.l\\.c|ltd|limited|lp|llp|corp|corporation|company|co|gmbh|ag|kg|bv|b\\.v|nv|plc|sarl|s\\.?a|s\\.?r\\.?l|s\\.?p\\.?a|pty|oy|ab)';
const LED =
  '(?:distributed|dist|manufactured|mfd|mfg|produced|packed|made|imported|sold|supplied|shipped|recalled|marketed|packaged)(?: and (?:distributed|packed|imported))?(?: exclusively)? by(?: sister company)?:?|(?:packed|made|manufactured|produced|distributed) for:?|product of sister company|firm on label:|from supplier';
const ACTS =
  '(?:is|are) (?:voluntarily )?recalling|(?:has|have) (?:voluntarily )?(?:recalled|issued|initiated|announced)|(?:is )?conducting a|(?:identified|discovered) that|is issuing|announced';
/** Where a name that is led in ends. */
const STOP =
  /^(?:\d|po\b|p\.o|upc|net|usa\b|product|the label|due|because|keep|lot|exp|for|who|that|and is|is|are|was|as|which|item|packaged|ingredients?)/i;
const SMALL =
  /^(?:the|a|an|by|of|for|from|and|or|to|in|with|was|were|is|are|firm|that|which|product|products|labeled|label|as|at|on|its|their|these|part|sold|all|usa|dist|distributed|imported|manufactured|packed|produced|company|quality|initiated)$/i;

/** Firms: a name before a legal form, after `distributed by` and the like, before `is recalling` and the like. */
export function firmEntities(text: string): Entity[] {
  return [...byLegalForm(text), ...byLead(text), ...byAct(text), ...agencies(text)];
}

function byLegalForm(text: string): Entity[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\d])(?:(?:${WORD}|&) ){0,5}?${WORD},? (?:${LEGAL}\\.?)(?:,? (?:na )?${LEGAL}\\.?)?(?![\\p{L}\\d'])`,
    'giu',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const end = match.index + match[0].length;
    const words = [...match[0].matchAll(/\S+/g)];
    const legalAt = words.findLastIndex(({ 0: word }) => !new RegExp(`^${LEGAL}\\.?,?$`, 'i').test(word));
    let first = Math.max(0, legalAt);
    while (first > 0 && first > legalAt - 5 && !endsName(words[first - 1]![0])) first -= 1;
    const start = match.index + words[first]!.index;
    return legalAt < 0 ? [] : [named('FIRM', text, start, end, 0.85)];
  });
}

function endsName(word: string): boolean {
  return /[;:.)]$/.test(word) || SMALL.test(word) || /^\d{4,}/.test(word) || /\d(?:oz|lb|g)$/i.test(word);
}

/** Public bodies: `new york state department of agriculture & markets`. */
function agencies(text: string): Entity[] {
  const pattern =
    /(?<![\p{L}\d])(?:(?!by|the|from|and)\p{L}+ ){0,2}(?:state )?(?:department|ministry|administration) of \p{L}+(?: (?:&|and) \p{L}+)?/giu;
  return [...text.matchAll(pattern)].map((match) =>
    named('FIRM', text, match.index, match.index + match[0].length, 0.75),
  );
}

function byLead(text: string): Entity[] {
  const pattern = new RegExp(`(?<![\\p{L}])(?:${LED})\\s+(?:the )?`, 'giu');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = match.index + match[0].length;
    const words: RegExpExecArray[] = [];
    for (const word of text.slice(start, start + 80).matchAll(/\S+/g)) {
      if (words.length >= 5 || STOP.test(word[0])) break;
      words.push(word);
      if (
        /[,;:)(]$/.test(word[0]) ||
        new RegExp(`^(?:${LEGAL}|foods|farms|bakery|kitchen|dairy|creamery)\\.?$`, 'i').test(word[0])
      )
        break;
    }
    const kept = withoutPlace(words.map(([word]) => word));
    const last = words[kept - 1];
    if (!last) return [];
    const end = start + last.index + last[0].replace(/[,;:.)(]+$/, '').length;
    return end > start ? [named('FIRM', text, start, end, 0.7)] : [];
  });
}

/** How many words come before a city and its state. */
function withoutPlace(words: readonly string[]): number {
  const state = words.findIndex((word) => isState(word.toLowerCase()));
  return state > 1 ? state - 1 : words.length;
}

function byAct(text: string): Entity[] {
  const pattern = new RegExp(
    `(?:^|[.;] )(?<name>(?:${WORD} ){0,4}?(?:& )?${WORD})(?<in> in \\p{L}+)? (?:${ACTS})(?!\\p{L})`,
    'giu',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { name = '' } = match.groups as { name?: string };
    if (/^(?:(?:the )?(?:firm|company|recall|product)|this|it|we|they|he|she)\b/i.test(name)) return [];
    const start = match.index + match[0].indexOf(name);
    return [named('FIRM', text, start, start + name.length, 0.75)];
  });
}

/** Places: `city ST 12345`, `City, State`, states and countries by name. */
export function placeEntities(text: string, firms: readonly Entity[]): Entity[] {
  return [...afterFirms(text, firms), ...written(text), ...byGazetteer(text)];
}

function afterFirms(text: string, firms: readonly Entity[]): Entity[] {
  return firms.flatMap(({ end }) => {
    const match =
      /^[,;]?(?: \d+ [\p{L}\d ]{0,40}? (?:ave(?:nue)?|st(?:reet)?|road|rd|blvd|park|drive|lane)\b,?| po box \d+,?)? (?:in |of )?(?<place>(?:\p{L}[\p{L}.'-]* ?){1,3}?,? (?<state>\p{L}{2,14}(?: \p{L}{4,8})?))(?![\p{L}])/iu.exec(
        text.slice(end, end + 120),
      );
    const { place, state } = (match?.groups ?? {}) as { place?: string; state?: string };
    if (!match || !place || !state) return [];
    const whole = place.toLowerCase().replace(',', '').split(' ');
    const at = whole.findIndex(
      (word, index) => index > 0 && (isState(word) || STATE_NAMES.has(`${word} ${whole[index + 1] ?? ''}`)),
    );
    if (at < 0) return [];
    const words = place
      .split(' ')
      .slice(0, STATE_NAMES.has(`${whole[at]} ${whole[at + 1] ?? ''}`) ? at + 2 : at + 1);
    const start = end + match[0].indexOf(place);
    return [named('PLACE', text, start, start + words.join(' ').length, 0.8)];
  });
}

/** City before a state code and a zip code, and capitalised `City, State`. */
function written(text: string): Entity[] {
  const zip =
    /(?<![\p{L}\d])(?<place>(?:(?:west|east|north|south|new|fort|san|santa|los|las|saint|port|mount|el|la|rancho|city of) ){0,2}\p{L}[\p{L}.'-]+(?: (?!of|in|by)\p{L}[\p{L}.'-]+)??,? (?<state>[a-z]{2}))(?=,? \d{5}(?!\d))/giu;
  const comma =
    /(?<![\p{L}\d])(?<place>(?:\p{Lu}[\p{L}.'-]+ ){0,2}\p{Lu}[\p{L}.'-]+, (?<state>\p{Lu}[\p{L}.]{1,13}(?: \p{Lu}\p{L}{3,9})?))(?![\p{L}])/gu;
  return [zip, comma].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { place = '', state = '' } = match.groups as { place?: string; state?: string };
      if (!isState(state.toLowerCase().replace(/\.$/, ''))) return [];
      return [named('PLACE', text, match.index, match.index + place.replace(/\.$/, '').length, 0.85)];
    }),
  );
}

function byGazetteer(text: string): Entity[] {
  return [...text.matchAll(/(?<![\p{L}\d])\p{L}{3,}(?: \p{L}{4,})?(?![\p{L}\d'’])/gu)].flatMap((match) => {
    const [first = '', second] = match[0].split(' ');
    const found: Entity[] = [];
    let at = match.index;
    for (const name of [match[0], first, ...(second ? [second] : [])]) {
      const lower = name.toLowerCase();
      const start = name === second ? match.index + first.length + 1 : match.index;
      const known = COUNTRY_NAMES.has(lower) || STATE_NAMES.has(lower);
      const surely =
        !AMBIGUOUS_COUNTRIES.has(lower) && !/[“"'’-]$|\bstyle$/.test(text.slice(0, start).trimEnd());
      if (known && start >= at && (surely || ledIn(text, start)) && !names_dish(text, start + name.length)) {
        found.push(named('PLACE', text, start, start + name.length, 0.65));
        at = start + name.length;
      }
    }
    return found;
  });
}

const ledIn = (text: string, start: number): boolean =>
  /\b(?:of|in|from|to|product of) $/i.test(text.slice(Math.max(0, start - 12), start));

/** `peru food mote`, `new orleans style`: part of a name of goods. */
function names_dish(text: string, end: number): boolean {
  return /^ (?:style|food|foods|brand|state department)\b/i.test(text.slice(end, end + 20));
}

function isState(word: string): boolean {
  return STATE_CODES.has(word) || STATE_NAMES.has(word) || STATE_ABBREVIATIONS.has(word.replace(/\.$/, ''));
}

export function named(
  type: EntityType,
  text: string,
  start: number,
  end: number,
  confidence: number,
): Entity {
  const surface = text.slice(start, end);
  return { type, start, end, surface, value: surface.toLowerCase().replace(/\s+/g, ' '), confidence };
}
