import pg from 'pg';
import { CliError } from '../cli.errors.js';
import { checkBackup, manifestOf, partOf } from './check-backup.js';
import type { BackupSource } from './container/backup-source.js';
import type { DatabaseDigest } from './database/database-digest.js';
import { refuseTakenDatabase } from './database/empty-database.js';
import { restoreDatabase } from './database/restore-database.js';
import type { Manifest } from './manifest.js';
import type { Place } from './place.js';

/** How a backup is looked at before anything is written. */
export interface RestoreOptions {
  /** Whether what is in the database may go. */
  readonly replace: boolean;
  /** Digest that the backup must have; undefined takes any. */
  readonly digest: string | undefined;
  readonly onStep: (step: string) => void;
}

/**
 * Reads a backup from end to end, without writing anything.
 *
 * @throws CliError that names what is wrong with it
 */
export async function readThrough(
  source: BackupSource,
  { digest, onStep }: Pick<RestoreOptions, 'digest' | 'onStep'>,
): Promise<Manifest> {
  const manifest = await manifestOf(source);
  if (digest !== undefined && manifest.digest !== digest)
    throw new CliError(
      `the backup has the digest ${manifest.digest}, not ${digest}`,
      'nothing was restored; it is another backup, or somebody changed it',
    );
  await checkBackup(source, manifest, (path) => onStep(`checking ${path}`));
  return manifest;
}

/**
 * Restores a backup that was read through before. Model files come first, so that the database names none that is
 * missing; then the database, all of it or nothing; then the files of a local world.
 */
export async function restore(
  source: BackupSource,
  place: Place,
  options: RestoreOptions,
): Promise<{ manifest: Manifest; restored: DatabaseDigest }> {
  const manifest = await readThrough(source, options);
  await refuseTaken(place, manifest, options.replace);
  for (const part of manifest.artifacts) await place.artifacts.put(await partOf(source, part));
  const restored = await restoreDatabase(place.databaseUrl, source, manifest, (name) =>
    options.onStep(`filling ${name}`),
  );
  if (place.world) await writeWorld(source, manifest, place.world);
  return { manifest, restored };
}

async function refuseTaken(place: Place, manifest: Manifest, replace: boolean): Promise<void> {
  if (place.world && manifest.world.length === 0)
    throw new CliError(
      'the backup is of a database of its own, without a local chain and its keys',
      'set DATABASE_URL to the database that it goes into',
    );
  if (place.world?.exists() && !replace)
    throw new CliError(
      'the state folder holds a world',
      'name another with --state-dir, or give --replace if that world may go',
    );
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  try {
    await refuseTakenDatabase(client, replace);
  } finally {
    await client.end();
  }
}

async function writeWorld(
  source: BackupSource,
  { world }: Manifest,
  files: NonNullable<Place['world']>,
): Promise<void> {
  for (const part of world) {
    const name = part.path.slice('world/'.length);
    try {
      await files.write({ name, bytes: await partOf(source, part) });
    } catch (error) {
      throw new CliError(
        `the database is restored, but ${name} could not be written: ${(error as Error).message}`,
        'mend that and restore again with --replace',
      );
    }
  }
}
