/** A sentence of a text: `text.slice(start, end)` is what it says, to the letter. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const ENDS = /(?<=[.!?]["')\]]?)\s+(?=[\p{Lu}\p{N}"'([])|\n+/gu;
/** What is no sentence: headings, code, tables, rules, links alone, the suffix that binds a proposal to its proposer. */
const NO_SENTENCE = /^(?:#|```|\||[-*_=]{3,}$|https?:\/\/\S+$|\S+$)/;
const LEAST_WORDS = 4;
const MAX_SENTENCES = 400;
/** Abbreviations after which no sentence ends. */
const ABBREVIATION = /(?:\b(?:Mr|Mrs|Ms|Dr|No|Inc|Ltd|Co|Corp|St|vs|e\.g|i\.e|approx|Est|U\.S|[A-Z]))\.$/;

/** Sentences of a text in its order, at most 400; lines of markup and code are left out. */
export function sentencesOf(text: string): Sentence[] {
  const bounds = [...text.matchAll(ENDS)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const found: Sentence[] = [];
  let start = 0;
  let inCode = false;
  for (const [end, next] of [...bounds, [text.length, text.length] as const]) {
    const piece = text.slice(start, end);
    if (end < text.length && !/\n/.test(text.slice(end, next)) && ABBREVIATION.test(piece)) continue;
    const lead = /^\s*(?:[-*+] |\d+[.)] )?/.exec(piece)?.[0].length ?? 0;
    const said = piece.slice(lead).trimEnd();
    if (said.startsWith('```')) inCode = !inCode;
    if (!inCode && !NO_SENTENCE.test(said) && (said.match(/\p{L}{2,}/gu)?.length ?? 0) >= LEAST_WORDS) {
      found.push({ start: start + lead, end: start + lead + said.length, text: said });
    }
    if (found.length === MAX_SENTENCES) break;
    start = next;
  }
  return found;
}
