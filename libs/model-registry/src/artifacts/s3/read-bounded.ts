/** The answer went on beyond what may be read of it. */
export class TooLongError extends Error {
  public constructor(public readonly maxBytes: number) {
    super(`longer than ${maxBytes} bytes`);
    this.name = 'TooLongError';
  }
}

/**
 * Reads an answer, but never more than so many bytes: no server can fill the memory.
 *
 * @throws TooLongError
 */
export async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw new TooLongError(maxBytes);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > maxBytes) throw new TooLongError(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
