type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON in the form of RFC 8785: keys in UTF-16 order, no blanks, numbers as ECMAScript writes them.
 * Keys that are undefined are left out.
 *
 * @throws TypeError on a number that is not finite or a value that is no JSON
 */
export function canonicalJson(value: unknown): string {
  return write(value as Json);
}

function write(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON number`);
  if (value === null || typeof value !== 'object') {
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined) throw new TypeError(`${typeof value} is no JSON value`);
    return text;
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => write(item)).join(',')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join(',')}}`;
}
