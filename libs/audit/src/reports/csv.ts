/** A value of a cell. */
export type Cell = string | number | Date | null | undefined;

/**
 * Rows as CSV (RFC 4180, CRLF). Text that a spreadsheet would take for a formula is preceded by an apostrophe, so that
 * nothing that a stranger wrote is calculated by whoever opens the file.
 *
 * @example csvOf(['a'], [['=1+1']]) // "a\r\n'=1+1\r\n"
 */
export function csvOf(head: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [head, ...rows].map((row) => row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = /^\s*[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
