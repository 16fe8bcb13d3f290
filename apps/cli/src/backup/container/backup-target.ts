import { createHash } from 'node:crypto';

/** How large a part is and what it hashes to, as it lies in the backup. */
export interface WrittenPart {
  readonly bytes: number;
  /** SHA-256, lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** Where a backup is written. Until it is finished, nothing of that name is there. */
export interface BackupTarget {
  /** Writes a part as it comes; one after the other. */
  write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<WrittenPart>;
  /** Everything is on the disk and has its name. */
  finish(): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** Passes pieces on and counts them. */
export class Weigher {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  public async *through(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.hash.update(piece);
      this.bytes += piece.byteLength;
      yield piece;
    }
  }

  public weight(): WrittenPart {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
