import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Weigher, type BackupTarget, type WrittenPart } from './backup-target.js';
import { syncFolder } from './sync-folder.js';

/** A backup as a folder, a file a part, for its owner's eyes alone. */
export class FolderTarget implements BackupTarget {
  private constructor(
    private readonly path: string,
    private readonly unfinished: string,
  ) {}

  public static async create(path: string): Promise<FolderTarget> {
    const unfinished = `${path}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    return new FolderTarget(path, unfinished);
  }

  public async write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<WrittenPart> {
    const path = join(this.unfinished, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    const weigher = new Weigher();
    try {
      for await (const piece of weigher.through(pieces)) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    return weigher.weight();
  }

  public async finish(): Promise<void> {
    await rename(this.unfinished, this.path);
    await syncFolder(dirname(this.path));
  }

  public async abandon(): Promise<void> {
    await rm(this.unfinished, { recursive: true, force: true });
  }
}
