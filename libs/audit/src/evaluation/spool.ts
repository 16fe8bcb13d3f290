import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const WRITE_CHARACTERS = 256 * 1_024;
const READ_BYTES = 1_024 * 1_024;
const NEWLINE = 10;

/** Lines of text in one file a partition, written once and read one partition at a time. */
export class Spool {
  private readonly files: { readonly path: string; readonly file: number; waiting: string[]; size: number }[];

  /** @param folder exists and is the caller's; the files in it are gone after `close` */
  public constructor(folder: string, name: string, partitions: number) {
    this.files = Array.from({ length: partitions }, (_, partition) => {
      const path = join(folder, `${name}-${partition}.jsonl`);
      return { path, file: openSync(path, 'w+'), waiting: [], size: 0 };
    });
  }

  public write(partition: number, line: string): void {
    const target = this.files[partition]!;
    target.waiting.push(line);
    target.size += line.length;
    if (target.size >= WRITE_CHARACTERS) this.flush(partition);
  }

  /** The lines of a partition in the order in which they were written. */
  public *lines(partition: number): Generator<string, void> {
    this.flush(partition);
    const { file } = this.files[partition]!;
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (let position = 0; ;) {
      const count = readSync(file, buffer, 0, READ_BYTES, position);
      if (count === 0) break;
      position += count;
      let chunk = Buffer.concat([rest, buffer.subarray(0, count)]);
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE)) {
        yield chunk.toString('utf8', 0, end);
        chunk = chunk.subarray(end + 1);
      }
      rest = chunk;
    }
  }

  public close(): void {
    for (const { path, file } of this.files) {
      closeSync(file);
      rmSync(path, { force: true });
    }
  }

  private flush(partition: number): void {
    const target = this.files[partition]!;
    if (target.waiting.length === 0) return;
    const bytes = Buffer.from(`${target.waiting.join('\n')}\n`);
    for (let written = 0; written < bytes.length;) written += writeSync(target.file, bytes, written);
    target.waiting = [];
    target.size = 0;
  }
}
