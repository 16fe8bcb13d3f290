import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli.errors.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { openSource } from './container/backup-source.js';
import { orNoRoom } from './container/no-room.js';
import { openTarget } from './container/open-target.js';
import { digestDatabase } from './database/database-digest.js';
import { inSnapshot } from './database/snapshot.js';
import type { Manifest } from './manifest.js';
import { atIdlePlace, atPlace } from './place.js';
import { readThrough, restore } from './run-restore.js';
import { backupLines, digestLines, restoredLines } from './words.js';
import { writeBackup } from './write-backup.js';

const STATE_DIR = ['--state-dir <folder>', 'folder of the local world', DEFAULT_STATE_DIR] as const;

interface RestoreFlags {
  readonly from: string;
  readonly stateDir: string;
  readonly replace?: boolean;
  readonly check?: boolean;
  readonly digest?: string;
}

/** `tallyhouse backup`, `tallyhouse restore` and `tallyhouse digest` */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('write everything that cannot be made again, as it is at one moment, while all goes on')
    .requiredOption('--out <path>', 'a folder that is not there yet, or a file whose name ends with .tar')
    .option(...STATE_DIR)
    .action(backup);
  program
    .command('restore')
    .description('check a backup and fill an empty database from it, all of it or nothing')
    .requiredOption('--from <path>', 'what backup wrote')
    .option('--check', 'read it from end to end and write nothing; exit 1 when it is damaged')
    .option('--replace', 'what is in the database may go')
    .option('--digest <sha256>', 'take only the backup that has this digest')
    .option(...STATE_DIR)
    .action(runRestore);
  program
    .command('digest')
    .description('digest of what the database holds: the same before a backup and after its restore')
    .option(...STATE_DIR)
    .action(({ stateDir }: { stateDir: string }) =>
      atPlace(stateDir, async ({ databaseUrl }) =>
        say(digestLines(await inSnapshot(databaseUrl, digestDatabase))),
      ),
    );
}

async function backup({ out, stateDir }: { out: string; stateDir: string }): Promise<void> {
  const path = resolve(out);
  const manifest = await atPlace(stateDir, async ({ databaseUrl, artifacts, world }) => {
    const besides = { artifacts, world: async () => (world ? world.read() : []) };
    return writeBackup(databaseUrl, await openTarget(path), besides, (name) => step(`writing ${name}`));
  }).catch((error: unknown) => {
    throw orNoRoom(error, path);
  });
  say(backupLines(path, manifest));
  refuseMissing(manifest);
}

async function runRestore({ from, stateDir, replace = false, check, digest }: RestoreFlags): Promise<void> {
  const source = await openSource(resolve(from));
  if (check) {
    say(backupLines(from, await readThrough(source, { digest, onStep: step })));
    return;
  }
  const options = { replace, digest, onStep: step };
  const { manifest, restored } = await atIdlePlace(stateDir, (place) => restore(source, place, options));
  say(restoredLines(manifest, restored));
}

/** The backup is kept: it holds all that there is. */
function refuseMissing({ missingArtifacts }: Manifest): void {
  if (missingArtifacts.length === 0) return;
  throw new CliError(
    `the backup is complete but for ${missingArtifacts.length} model files that the chain names and the store has not, or has altered: ${missingArtifacts.join(', ')}`,
    'put the originals into the artifact store and back up again',
  );
}

/** Writes on one line where somebody watches, and nothing where nobody does. */
function step(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${words} \u001B[K`);
}

function say(lines: readonly string[]): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  process.stdout.write(`${lines.join('\n')}\n`);
}
