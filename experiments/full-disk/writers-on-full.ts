import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { sha256Hex } from '@tallyhouse/proofs';
import { startPostgres } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { SmallDisk } from './small-disk.js';

const ENTRY = 'dist/apps/cli/src/main.js';
const DISK_MIB = 4;

/** What those say and leave behind who write files, when there is no room; and whether they succeed once there is. */
export async function writersOnFull() {
  const disk = await SmallDisk.mount(DISK_MIB);
  const postgres = await startPostgres();
  try {
    const databaseUrl = await postgres.createDatabase('full');
    await migrate(databaseUrl);
    await disk.fill();
    const archive = () => backup(databaseUrl, join(disk.path, 'backup.tar'));
    const folder = () => backup(databaseUrl, join(disk.path, 'backup'));
    const full = { archive: await archive(), folder: await folder(), artifact: await artifact(disk.path) };
    const left = (await readdir(disk.path)).filter((name) => name !== 'ballast' && name !== 'artifacts');
    const leftArtifacts = await readdir(join(disk.path, 'artifacts')).catch(() => []);
    await disk.free();
    const free = { archive: await archive(), folder: await folder(), artifact: await artifact(disk.path) };
    return { full, leftBehind: [...left, ...leftArtifacts], free };
  } finally {
    await postgres.stop();
    await disk.unmount();
  }
}

async function backup(databaseUrl: string, out: string): Promise<string> {
  const environment = { ...process.env, DATABASE_URL: databaseUrl };
  const place = ['--state-dir', '/nonexistent'];
  return promisify(execFile)(process.execPath, [ENTRY, 'backup', '--out', out, ...place], {
    env: environment,
  }).then(
    () => 'good',
    ({ code, stderr }: { code: number; stderr: string }) => `exit ${code}: ${stderr.trim()}`,
  );
}

async function artifact(folder: string): Promise<string> {
  const bytes = new Uint8Array(2 ** 20).fill(7);
  const store = new FileArtifactStore(join(folder, 'artifacts'));
  return store.put(bytes).then(
    (sha256) => (sha256 === sha256Hex(bytes) ? 'good' : 'another hash'),
    (error: Error) => error.message,
  );
}
