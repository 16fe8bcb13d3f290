import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CliError } from '../cli.errors.js';
import type { BackupSource } from './container/backup-source.js';
import { Weigher } from './container/backup-target.js';
import { digestOf } from './database/database-digest.js';
import { ContentHash, type TableDigest } from './database/table-content.js';
import { MANIFEST, MANIFEST_HASH, readManifest, type Manifest, type ManifestPart } from './manifest.js';

const ADVICE = 'nothing was restored; take another copy of this backup, or an earlier one';

/**
 * Reads what a backup says of itself.
 *
 * @throws CliError when it is none, or is damaged
 */
export async function manifestOf(source: BackupSource): Promise<Manifest> {
  const [manifest, hash] = await Promise.all([textOf(source, MANIFEST), textOf(source, MANIFEST_HASH)]);
  const read = readManifest(manifest, hash);
  if (typeof read === 'string') throw new CliError(read, ADVICE);
  if (digestOf(read.tables).sha256 !== read.digest)
    throw new CliError(`${MANIFEST}: its digest is not that of its tables`, ADVICE);
  return read;
}

/**
 * Reads every part from end to end and compares it with the manifest.
 *
 * @param onPart called before each part is read
 * @throws CliError that names the first part which is missing, cut or altered
 */
export async function checkBackup(
  source: BackupSource,
  manifest: Manifest,
  onPart: (path: string) => void,
): Promise<void> {
  for (const table of manifest.tables) {
    if (table.part) onPart(table.part.path);
    for await (const _ of rowsOf(source, table));
  }
  for (const part of [...manifest.artifacts, ...manifest.world]) {
    onPart(part.path);
    for await (const _ of bytesOf(source, part));
  }
}

/**
 * A table's rows as lines of COPY's text format, compared with the manifest as they go by.
 *
 * @throws CliError at the latest after the last row
 */
export async function* rowsOf(
  source: BackupSource,
  table: Manifest['tables'][number],
): AsyncGenerator<Buffer> {
  const content = new ContentHash(table);
  const { part } = table;
  if (part) yield* content.through(unpacked(part, bytesOf(source, part)));
  const { rows, sha256 } = digestNamed(content, part?.path ?? table.name);
  if (rows !== table.rows || sha256 !== table.sha256)
    throw damaged(part?.path ?? table.name, `it holds ${rows} rows that are not the ${table.rows} noted`);
}

/** @throws CliError as {@link checkBackup} does */
export async function partOf(source: BackupSource, part: ManifestPart): Promise<Buffer> {
  return buffer(bytesOf(source, part));
}

async function* bytesOf(source: BackupSource, part: ManifestPart): AsyncGenerator<Uint8Array> {
  const found = await source.open(part.path);
  if (!found) throw damaged(part.path, 'it is missing');
  if (found.bytes !== part.bytes) {
    found.stream.destroy();
    throw damaged(part.path, `it has ${found.bytes} bytes of ${part.bytes}`);
  }
  const weigher = new Weigher();
  yield* weigher.through(found.stream as AsyncIterable<Uint8Array>);
  if (weigher.weight().sha256 !== part.sha256) throw damaged(part.path, 'it was altered');
}

async function* unpacked({ path }: ManifestPart, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const feeding = pipeline(packed, gunzip).catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof CliError ? error : damaged(path, 'it cannot be unpacked');
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function textOf(source: BackupSource, name: string): Promise<string> {
  const found = await source.open(name);
  if (!found) throw new CliError(`${name} is missing: this is no backup, or it was never finished`, ADVICE);
  return text(found.stream);
}

function digestNamed(content: ContentHash, path: string): TableDigest {
  try {
    return content.digest();
  } catch {
    throw damaged(path, 'its last row is cut');
  }
}

function damaged(path: string, reason: string): CliError {
  return new CliError(`the part ${path} of the backup is damaged: ${reason}`, ADVICE);
}
