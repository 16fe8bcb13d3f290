/** A word or pair of words that tells one class of texts from the others. */
export interface ClassTerm {
  readonly term: string;
  readonly weight: number;
  /** Texts of the class that have it. */
  readonly texts: number;
}

const WORD = /\p{L}[\p{L}\p{N}'-]*[\p{L}\p{N}]/gu;
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does
  doing down during each few for from further had has have having he her here hers him his how i if in into is it its just me more most my
  no nor not now of off on once only or other our out over own same she should so some such than that the their them then there these they
  this those through to too under until up very was we were what when where which while who whom why will with would you your via per due
  may might must etc today said says announced approximately including include includes one two new use used`.split(
    /\s+/,
  ),
);
/** A term that fewer texts of its class have names nothing. */
const LEAST_TEXTS = 2;

/**
 * What tells classes of texts apart: class-based TF-IDF (Grootendorst 2022) over words and pairs of neighbouring words,
 * each counted once a text: share of the class's texts with the term × log(1 + mean terms a class / uses in all).
 *
 * @param classOf class of each text from 0; -1 for none
 * @returns for each class its `count` heaviest terms; a word that a pair of the list holds is left out
 */
export function classTerms(
  texts: readonly string[],
  classOf: ArrayLike<number>,
  classes: number,
  count: number,
): ClassTerm[][] {
  const inClass = Array.from({ length: classes }, () => new Map<string, number>());
  const inAll = new Map<string, number>();
  const sizes = new Array<number>(classes).fill(0);
  for (const [index, text] of texts.entries()) {
    const own = classOf[index]!;
    if (own < 0) continue;
    sizes[own]! += 1;
    for (const term of termsOf(text)) {
      inClass[own]!.set(term, (inClass[own]!.get(term) ?? 0) + 1);
      inAll.set(term, (inAll.get(term) ?? 0) + 1);
    }
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return inClass.map((terms, own) => {
    const weighed = [...terms]
      .filter(([, uses]) => uses >= Math.min(LEAST_TEXTS, sizes[own]!))
      .map(([term, uses]) => {
        const share = uses / sizes[own]!;
        const others = (inAll.get(term)! - uses) / Math.max(1, total - sizes[own]!);
        return {
          term,
          texts: uses,
          weight: share * Math.log(1 + share / (others + 1 / total)) * (term.includes(' ') ? 1.15 : 1),
        };
      });
    weighed.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
    return distinct(weighed, count);
  });
}

/** A readable name of a class: its three heaviest terms. */
export function className(terms: readonly ClassTerm[]): string {
  return (
    terms
      .slice(0, 3)
      .map(({ term }) => term)
      .join(', ') || 'other'
  );
}

function termsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(WORD) ?? [];
  const terms = new Set<string>();
  for (const [index, word] of words.entries()) {
    if (STOP_WORDS.has(word)) continue;
    terms.add(word);
    const next = words[index + 1];
    if (next && !STOP_WORDS.has(next) && next !== word) terms.add(`${word} ${next}`);
  }
  return terms;
}

function distinct(terms: readonly ClassTerm[], count: number): ClassTerm[] {
  const kept: ClassTerm[] = [];
  for (const term of terms) {
    const words = term.term.split(' ');
    const said = kept.some((each) =>
      each.term.split(' ').some((word) => words.some((other) => sameStem(word, other))),
    );
    if (!said) kept.push(term);
    if (kept.length === count) break;
  }
  return kept;
}

function sameStem(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return (
    a === b ||
    (length >= 4 && a.slice(0, length - 1) === b.slice(0, length - 1) && Math.abs(a.length - b.length) <= 3)
  );
}
