import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CliError } from '../../cli.errors.js';
import { paddingOf, readTarHeader, TAR_BLOCK } from './tar-header.js';

/** Where a backup is read from. */
export interface BackupSource {
  /** A part as it lies there; null when there is none of that name. */
  open(name: string): Promise<{ readonly bytes: number; readonly stream: Readable } | null>;
}

/** @throws CliError when nothing is there, or an archive that cannot be one of ours */
export async function openSource(path: string): Promise<BackupSource> {
  const found = await stat(path).catch(() => {
    throw new CliError(`${path}: nothing is there`, 'give the folder or the .tar file that backup wrote');
  });
  return found.isDirectory() ? folderSource(path) : tarSource(path);
}

function folderSource(path: string): BackupSource {
  return {
    open: async (name) => {
      const file = join(path, name);
      const found = await stat(file).catch(() => null);
      return found?.isFile() ? { bytes: found.size, stream: createReadStream(file) } : null;
    },
  };
}

async function tarSource(path: string): Promise<BackupSource> {
  const places = await placesIn(path);
  return {
    open: async (name) => {
      const place = places.get(name);
      if (!place) return null;
      const { start, bytes } = place;
      const end = start + bytes - 1;
      const stream = bytes === 0 ? createReadStream('/dev/null') : createReadStream(path, { start, end });
      return { bytes, stream };
    },
  };
}

interface Place {
  readonly start: number;
  readonly bytes: number;
}

/** Where each file of an archive lies. */
async function placesIn(path: string): Promise<ReadonlyMap<string, Place>> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const places = new Map<string, Place>();
    for (let position = 0; ;) {
      const header = await blockAt(file, position);
      if (header.every((byte) => byte === 0) && header.length === TAR_BLOCK) return places;
      const entry = readTarHeader(header);
      const start = position + TAR_BLOCK;
      if (entry === null || start + entry.size > size) throw broken(path, places);
      places.set(entry.name, { start, bytes: entry.size });
      position = start + entry.size + paddingOf(entry.size);
    }
  } finally {
    await file.close();
  }
}

async function blockAt(file: FileHandle, position: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(TAR_BLOCK), 0, TAR_BLOCK, position);
  return buffer.subarray(0, bytesRead);
}

function broken(path: string, places: ReadonlyMap<string, Place>): CliError {
  const last = [...places.keys()].at(-1);
  const where = last === undefined ? 'at its beginning' : `after its part ${last}`;
  return new CliError(
    `${path}: the archive is cut or altered ${where}`,
    'nothing was restored; take another copy of this backup, or an earlier one',
  );
}
