import { existsSync } from 'node:fs';
import { CliError } from '../../cli.errors.js';
import type { BackupTarget } from './backup-target.js';
import { FolderTarget } from './folder-target.js';
import { TarTarget } from './tar-target.js';

/**
 * Begins a backup: one file where the name ends with `.tar`, else a folder.
 *
 * @throws CliError when something of that name is there
 */
export async function openTarget(path: string): Promise<BackupTarget> {
  if (existsSync(path))
    throw new CliError(`${path} is there already`, 'a backup overwrites nothing: give another name to --out');
  return path.endsWith('.tar') ? TarTarget.create(path) : FolderTarget.create(path);
}
