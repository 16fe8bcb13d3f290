/** A piece of a text, and whether it is what was looked for. Plain characters: whoever shows it escapes it. */
export interface ExcerptPart {
  readonly text: string;
  readonly hit: boolean;
}

const WORD = /[\p{L}\p{N}]+/gu;
const EXCERPT_CHARACTERS = 280;
const LEAST_STEM = 4;

/**
 * The stretch of a text with most of the words looked for, cut at word ends, hits marked. Words count as equal when
 * they share their first four letters and one begins with the other but for its last two letters (`recalling`, `recalled`).
 *
 * @param words what was looked for
 */
export function excerptOf(text: string, words: readonly string[]): ExcerptPart[] {
  const wanted = words.flatMap((word) => word.toLowerCase().match(WORD) ?? []);
  const hits = [...text.matchAll(WORD)]
    .filter(([word]) => wanted.some((each) => alike(word.toLowerCase(), each)))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const [from, to] = stretch(text, hits);
  const parts: ExcerptPart[] = [];
  let at = from;
  const push = (end: number, hit: boolean): void => {
    if (end > at) parts.push({ text: text.slice(at, end), hit });
    at = end;
  };
  if (from > 0) parts.push({ text: '…', hit: false });
  for (const { start, end } of hits) {
    if (start < from || end > to) continue;
    push(start, false);
    push(end, true);
  }
  push(to, false);
  if (to < text.length) parts.push({ text: '…', hit: false });
  return parts;
}

function alike(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  const shared = Math.min(word.length, wanted.length) - 2;
  return shared >= LEAST_STEM - 1 && word.length >= LEAST_STEM && wanted.length >= LEAST_STEM
    ? word.slice(0, Math.max(LEAST_STEM, shared)) === wanted.slice(0, Math.max(LEAST_STEM, shared))
    : false;
}

function stretch(text: string, hits: readonly { start: number; end: number }[]): [number, number] {
  if (text.length <= EXCERPT_CHARACTERS) return [0, text.length];
  let best = 0;
  let most = 0;
  for (const { start } of hits) {
    const count = hits.filter(
      (hit) => hit.start >= start && hit.end <= start + EXCERPT_CHARACTERS - 40,
    ).length;
    if (count > most) [best, most] = [start, count];
  }
  const from = best <= 40 ? 0 : text.indexOf(' ', best - 40) + 1;
  const end = Math.min(text.length, from + EXCERPT_CHARACTERS);
  const cut = end === text.length ? end : text.lastIndexOf(' ', end);
  return [from, cut > from ? cut : end];
}
