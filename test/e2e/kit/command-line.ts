import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ENTRY = 'dist/apps/cli/src/main.js';

/**
 * Runs `./tallyhouse` as it is built.
 *
 * @returns what it printed
 * @throws with what it said, when it ends with another code than 0
 */
export async function tallyhouse(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [ENTRY, ...words], {
    env: { ...process.env, ...environment },
  });
  return stdout;
}
