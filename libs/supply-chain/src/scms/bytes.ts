import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A line of text as it stands in the file, without its line end; `line` counts from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
  /** The line was longer than the bound; `text` is empty. */
  readonly tooLong?: true;
}

/** What may be read at most; bytes and characters are those after unpacking. */
export interface TextLimits {
  readonly maxBytes: number;
  readonly maxLineLength: number;
}

/** The file goes on past `maxBytes`. */
export class FileTooLongError extends Error {}

/** The packed stream is broken or ends early. */
export class BrokenGzipError extends Error {}

/**
 * The lines of a stream of UTF-8 bytes, plain or packed with gzip (told apart by the first two bytes), in bounded
 * memory. A byte order mark is dropped; bytes that are no UTF-8 become U+FFFD.
 *
 * @throws FileTooLongError past `maxBytes`
 * @throws BrokenGzipError when unpacking fails; errors of the source itself are passed on
 */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  limits: TextLimits,
): AsyncGenerator<TextLine, void> {
  const decoder = new TextDecoder('utf-8');
  const splitter = new LineSplitter(limits.maxLineLength);
  let size = 0;
  for await (const chunk of unpacked(bytes)) {
    size += chunk.length;
    if (size > limits.maxBytes) throw new FileTooLongError(`longer than ${limits.maxBytes} bytes`);
    yield* splitter.push(decoder.decode(chunk, { stream: true }));
  }
  yield* splitter.push(decoder.decode());
  yield* splitter.end();
}

class LineSplitter {
  private line = 1;
  private rest = '';
  private tooLong = false;

  constructor(private readonly maxLength: number) {}

  *push(text: string): Generator<TextLine> {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.keep(text.slice(from, end));
      yield this.take();
      from = end + 1;
    }
    this.keep(text.slice(from));
  }

  *end(): Generator<TextLine> {
    if (this.rest !== '' || this.tooLong) yield this.take();
  }

  private keep(text: string): void {
    if (this.rest.length + text.length > this.maxLength) [this.tooLong, this.rest] = [true, ''];
    if (!this.tooLong) this.rest += text;
  }

  private take(): TextLine {
    const text = this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    const taken: TextLine = this.tooLong
      ? { line: this.line, text: '', tooLong: true }
      : { line: this.line, text };
    [this.line, this.rest, this.tooLong] = [this.line + 1, '', false];
    return taken;
  }
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const source = bytes[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  while (head.length < 2) {
    const step = await source.next();
    if (step.done) break;
    head = Uint8Array.from([...head, ...step.value]);
  }
  const whole = prepend(head, source);
  if (head[0] !== 0x1f || head[1] !== 0x8b) yield* whole;
  else yield* gunzip(whole);
}

async function* prepend(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    if (head.length > 0) yield head;
    for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  // The callback keeps pipeline from throwing on its own; the error reaches the reader of the last stream.
  const stream = pipeline(Readable.from(bytes), createGunzip(), () => undefined);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    throw String(code).startsWith('Z_') ? new BrokenGzipError(`gzip: ${String(message)}`) : error;
  }
}
