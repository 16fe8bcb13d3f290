import { write, writeSync } from 'node:fs';

const LINE_END = 0x0a;
/** How much waits for a reader that is slow, at most; bytes. */
const MOST_WAITING_BYTES = 16 * 2 ** 20;
const PIPE_FULL_PAUSE_MS = 50;

/** Lines on their way; the first `prefix` bytes are ours and tell of so many lines that were lost before. */
interface Parcel {
  readonly bytes: Buffer;
  readonly prefix: number;
  readonly told: number;
}

const writers = new Set<LossyWriter>();

/**
 * Writes lines to an open file or pipe, one write at a time, and never fails: what cannot be written is lost, and once
 * writing goes again a line says how much. A full disk, or a reader that is gone, must not stop the one who tells of it.
 *
 * @example new LossyWriter(1, (lost, code) => JSON.stringify({ lost, code })).write('{"event":"ready"}\n')
 */
export class LossyWriter {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private isWriting = false;
  private endsInLine = false;
  private lost = 0;
  private reason = '';

  /**
   * @param fd file descriptor, open for writing
   * @param lossLine a line, without its end, that tells how many lines were lost, and the code of the last failure
   */
  public constructor(
    private readonly fd: number,
    private readonly lossLine: (lost: number, code: string) => string,
  ) {
    if (writers.size === 0) process.once('exit', () => writers.forEach((writer) => writer.writeLast()));
    writers.add(this);
  }

  /** How many lines could not be written since the last that told of some. */
  public get linesLost(): number {
    return this.lost;
  }

  /** Takes whole lines, in UTF-8; they are written when those before them are. */
  public write(lines: string | Buffer): void {
    const bytes = typeof lines === 'string' ? Buffer.from(lines) : lines;
    if (this.waitingBytes + bytes.length > MOST_WAITING_BYTES) {
      this.lose(bytes, 'READER_SLOW');
      return;
    }
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (!this.isWriting) this.writeNext();
  }

  private writeNext(): void {
    this.isWriting = this.waiting.length > 0;
    if (this.isWriting) this.writeFrom(this.take(), 0);
  }

  private writeFrom(parcel: Parcel, from: number): void {
    write(this.fd, parcel.bytes, from, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.writeFrom(parcel, from), PIPE_FULL_PAUSE_MS);
        return;
      }
      if (!error && from + written < parcel.bytes.length) {
        this.writeFrom(parcel, from + written);
        return;
      }
      if (error) this.fail(parcel, from, error.code ?? 'FAILED');
      else this.succeed(parcel);
      this.writeNext();
    });
  }

  /** All that waits, after what was lost before it. */
  private take(): Parcel {
    const cut = this.endsInLine ? '\n' : '';
    const loss = this.lost > 0 ? `${this.lossLine(this.lost, this.reason)}\n` : '';
    const prefix = Buffer.from(cut + loss);
    const bytes = Buffer.concat([prefix, ...this.waiting]);
    [this.waiting, this.waitingBytes] = [[], 0];
    return { bytes, prefix: prefix.length, told: this.lost };
  }

  private succeed({ told }: Parcel): void {
    this.endsInLine = false;
    this.lost -= told;
  }

  private fail({ bytes, prefix, told }: Parcel, written: number, code: string): void {
    if (written >= prefix) this.lost -= told;
    if (written > 0) this.endsInLine = bytes[written - 1] !== LINE_END;
    this.lose(bytes.subarray(Math.max(prefix, written)), code);
  }

  private lose(bytes: Buffer, code: string): void {
    for (const byte of bytes) if (byte === LINE_END) this.lost++;
    this.reason = code;
  }

  /** The process ends: what waits is written at once, or not at all. */
  private writeLast(): void {
    if (this.waiting.length === 0) return;
    try {
      writeSync(this.fd, this.take().bytes);
    } catch {
      // Nobody is left to be told.
    }
  }
}
