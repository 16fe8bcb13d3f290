/** Code of Postgres for text that its encoding cannot hold: a zero byte, by which JSON and addresses may smuggle one in. */
const UNTRANSLATABLE = '22021';

/** What a client is told who sent a zero byte in a text. */
export const ZERO_BYTE_WORDS =
  'a text holds a zero byte (U+0000), which cannot be stored or looked for; leave it out';

/** Whether a statement was refused for a zero byte in one of its texts; each comes from a request. */
export function isZeroByte(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNTRANSLATABLE;
}
