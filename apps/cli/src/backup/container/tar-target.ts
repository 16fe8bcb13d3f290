import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Weigher, type BackupTarget, type WrittenPart } from './backup-target.js';
import { syncFolder } from './sync-folder.js';
import { paddingOf, TAR_BLOCK, tarHeader } from './tar-header.js';

const END = Buffer.alloc(2 * TAR_BLOCK);

/** A backup as one tar archive. A part's size is known at its end, so its header is written then, in the place left for it. */
export class TarTarget implements BackupTarget {
  private position = 0;

  private constructor(
    private readonly path: string,
    private readonly unfinished: string,
    private readonly file: FileHandle,
  ) {}

  public static async create(path: string): Promise<TarTarget> {
    const unfinished = `${path}.unfinished`;
    await rm(unfinished, { force: true });
    return new TarTarget(path, unfinished, await open(unfinished, 'wx', 0o600));
  }

  public async write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<WrittenPart> {
    const headerAt = this.position;
    this.position += TAR_BLOCK;
    const weigher = new Weigher();
    for await (const piece of weigher.through(pieces)) await this.put(piece);
    const weight = weigher.weight();
    await this.put(Buffer.alloc(paddingOf(weight.bytes)));
    await this.file.write(tarHeader(name, weight.bytes, Date.now() / 1_000), 0, TAR_BLOCK, headerAt);
    return weight;
  }

  public async finish(): Promise<void> {
    await this.put(END);
    await this.file.sync();
    await this.file.close();
    await rename(this.unfinished, this.path);
    await syncFolder(dirname(this.path));
  }

  public async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await rm(this.unfinished, { force: true });
  }

  private async put(piece: Uint8Array): Promise<void> {
    for (let from = 0; from < piece.byteLength;) {
      const { bytesWritten } = await this.file.write(piece, from, piece.byteLength - from, this.position);
      from += bytesWritten;
      this.position += bytesWritten;
    }
  }
}
