import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { CliError } from '../cli.errors.js';

/** The largest text that a file may hold, unpacked. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The text of a file, unpacked where it is gzip. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of a CSV file, plain or gzip');
  });
  try {
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (packed ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString('utf8');
  } catch {
    throw new CliError(
      `${file} is damaged or holds over ${MAX_BYTES >> 20} MiB`,
      'pack it again, or split it',
    );
  }
}
