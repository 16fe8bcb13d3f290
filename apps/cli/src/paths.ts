import { join } from 'node:path';

/** Root of the repository: where `./tallyhouse` lies. */
export const ROOT = process.env['TALLYHOUSE_ROOT'] ?? process.cwd();

/** State folder unless another is named. */
export const DEFAULT_STATE_DIR = join(ROOT, '.tallyhouse');
