/** What one column of a row may hold on its way through COPY. */
export type CopyCell = string | number | bigint | null | readonly (string | bigint)[];

const SPECIAL = /[\\\b\f\n\r\t\v]/;
const EVERY_SPECIAL = /[\\\b\f\n\r\t\v]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n' },
  ...{ '\r': '\\r', '\t': '\\t', '\v': '\\v' },
};
/** An element of an array that would be read as something else, or not as one, stands in quotes. */
const NEEDS_QUOTES = /^$|^null$|[ \t\n\r\v\f"\\{},]/i;

/**
 * A row as one line of COPY's text format, without its end (PostgreSQL manual, COPY, "Text Format"). It is the very
 * line that `COPY … TO STDOUT` gives of the row again, as long as the cells are written as Postgres writes them:
 * whole numbers without leading zeros, times as `2023-11-14 22:13:20+00`.
 *
 * @example copyLine([1, 'a\tb', null, ['x', 'y z']]) // '1\ta\\tb\t\\N\t{x,"y z"}'
 */
export function copyLine(cells: readonly CopyCell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index++)
    line += index === 0 ? copyCell(cells[index]!) : `\t${copyCell(cells[index]!)}`;
  return line;
}

function copyCell(cell: CopyCell): string {
  if (typeof cell === 'string') return SPECIAL.test(cell) ? escaped(cell) : cell;
  if (cell === null) return '\\N';
  return typeof cell === 'object' ? escaped(`{${cell.map(element).join(',')}}`) : String(cell);
}

function escaped(text: string): string {
  return text.replace(EVERY_SPECIAL, (character) => ESCAPES[character]!);
}

function element(item: string | bigint): string {
  if (typeof item === 'bigint') return item.toString();
  return NEEDS_QUOTES.test(item) ? `"${item.replace(/["\\]/g, '\\$&')}"` : item;
}
