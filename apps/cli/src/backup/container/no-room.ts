import { CliError } from '../../cli.errors.js';

/** What to tell of a backup that could not be written: that its disk is full, with the way out, or what was thrown. */
export function orNoRoom(error: unknown, path: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return error;
  return new CliError(
    `no room is left where ${path} lies; the backup was given up, and what was written of it is gone`,
    'free some space, or give --out a place on another disk',
  );
}
