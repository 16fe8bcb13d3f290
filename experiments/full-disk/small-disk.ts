import { execFile } from 'node:child_process';
import { chmod, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PIECE = Buffer.alloc(2 ** 20, 'x');

/** A file system in memory of a size of its own, which can be filled up and emptied again. Needs the rights of root. */
export class SmallDisk {
  private constructor(public readonly path: string) {}

  public static async mount(mebibytes: number): Promise<SmallDisk> {
    const path = await mkdtemp(join(tmpdir(), 'tallyhouse-small-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path]);
    // The database server runs as another user.
    await chmod(path, 0o711);
    return new SmallDisk(path);
  }

  /** Writes a file until no byte is free. */
  public async fill(): Promise<void> {
    const file = await open(this.ballast, 'a');
    try {
      for (let size = PIECE.length; size > 0;) {
        const { bytesWritten } = await file.write(PIECE, 0, size).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOSPC') return { bytesWritten: 0 };
          throw error;
        });
        if (bytesWritten < size) size = Math.floor(size / 2);
      }
    } finally {
      await file.close();
    }
  }

  public async free(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  public async freeMiB(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return Math.round((bavail * bsize) / 2 ** 20);
  }

  public async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.path]);
    await rm(this.path, { recursive: true, force: true });
  }

  private get ballast(): string {
    return join(this.path, 'ballast');
  }
}
