/** A run of text inside a block; a link leads to one of our own pages and nowhere else. */
export type Span = { kind: 'text' | 'code'; text: string } | { kind: 'link'; text: string; to: string };
type Row = readonly Span[][];
export type Block =
  | { kind: 'heading'; spans: Span[] }
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; items: Span[][] }
  | { kind: 'table'; head: Row; rows: Row[] };

/** Text beyond so many lines is shown as it stands, so that nothing a member votes on is left out. */
const LINES_MOST = 2000;
const PROPOSER = /\n#proposer=0x[0-9a-fA-F]{40}$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(?=\S)/;
const ITEM = /^ {0,3}[-*][ \t]+(?=\S)/;
const RULE = /^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/;
const MARK = /`([^`\n]+)`|\[([^[\]\n]+)\]\(([^()\s]+)\)/g;
const OWN_PATH = /^\/(?:governance|models|forecasts|events|status)(?:\/[A-Za-z0-9_-]+)*$/;
/** Signs that are not seen but reorder or hide what is; the joiners that some scripts need are let be. */
const UNSEEN = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

/**
 * The structure of a proposal's text: headings, lists, tables, code spans and paragraphs with their line breaks. The
 * text comes from anyone, so all of it stays text: no HTML, no images, no addresses outside. Neither the title, which
 * the page shows already, nor the closing line that binds the text to its proposer is given again.
 */
export function readBlocks(description: string, title: string): Block[] {
  const seen = description.replaceAll('\r\n', '\n').replace(PROPOSER, '').replace(UNSEEN, '\ufffd');
  const lines = seen.trimEnd().split('\n');
  const rest = lines.splice(LINES_MOST).join('\n');
  const start = lines.findIndex((line) => line.trim() !== '');
  let at = lines[start]?.replace(HEADING, '').trim() === title ? start + 1 : 0;
  const blocks: Block[] = [];
  while (at < lines.length) {
    const [block, taken] = blockAt(lines, at);
    if (block) blocks.push(block);
    at += taken;
  }
  if (rest !== '') blocks.push({ kind: 'paragraph', spans: [{ kind: 'text', text: rest }] });
  return blocks;
}

function blockAt(lines: readonly string[], at: number): [Block | null, number] {
  const line = lines[at]!;
  if (line.trim() === '') return [null, 1];
  if (HEADING.test(line)) return [{ kind: 'heading', spans: spansOf(line.replace(HEADING, '')) }, 1];
  if (startsTable(lines, at)) {
    const rows = takeWhile(lines, at + 2, (one) => one.startsWith('|'));
    return [{ kind: 'table', head: cellsOf(line), rows: rows.map(cellsOf) }, rows.length + 2];
  }
  if (ITEM.test(line)) {
    const items = takeWhile(lines, at, (one) => ITEM.test(one));
    return [{ kind: 'list', items: items.map((one) => spansOf(one.replace(ITEM, ''))) }, items.length];
  }
  const more = takeWhile(lines, at + 1, (one, index) => !startsBlock(lines, index, one));
  return [{ kind: 'paragraph', spans: spansOf([line, ...more].join('\n')) }, more.length + 1];
}

function startsBlock(lines: readonly string[], at: number, line: string): boolean {
  return line.trim() === '' || HEADING.test(line) || ITEM.test(line) || startsTable(lines, at);
}

function startsTable(lines: readonly string[], at: number): boolean {
  return lines[at]!.startsWith('|') && RULE.test(lines[at + 1] ?? '');
}

function takeWhile(
  lines: readonly string[],
  from: number,
  wanted: (line: string, index: number) => boolean,
): string[] {
  let to = from;
  while (to < lines.length && wanted(lines[to]!, to)) to += 1;
  return lines.slice(from, to);
}

/** Cells between bars, a bar or a backslash after a backslash being text; cells beyond the head's are kept. */
function cellsOf(line: string): Row {
  const cells = [''];
  for (const [sign] of line
    .trim()
    .slice(1)
    .matchAll(/\\[|\\]|[^|\\]+|[|\\]/g)) {
    if (sign === '|') cells.push('');
    else cells[cells.length - 1] += sign.length === 2 && /^\\[|\\]$/.test(sign) ? sign.slice(1) : sign;
  }
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map((cell) => spansOf(cell.trim()));
}

function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [whole, code, name, to] = match;
    if (code === undefined && !OWN_PATH.test(to!)) continue;
    if (match.index > end) spans.push({ kind: 'text', text: text.slice(end, match.index) });
    spans.push(code === undefined ? { kind: 'link', text: name!, to: to! } : { kind: 'code', text: code });
    end = match.index + whole.length;
  }
  if (end < text.length) spans.push({ kind: 'text', text: text.slice(end) });
  return spans;
}
