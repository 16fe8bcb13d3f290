import { readFile, stat, writeFile } from 'node:fs/promises';
import { reportOf, verifyReport } from './verify-report.js';
import {
  MAX_BUNDLE_BYTES,
  redactText,
  verifyText,
  type Verdict,
  type VerifySettings,
} from './verify-text.js';

const HASH = /^0x[0-9a-fA-F]{64}$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/**
 * Verifies a file: a bundle, or the report of an item with its bundles. With `out` it also writes a bundle that shows only the fields of `disclose`, if the file's holds.
 *
 * @throws Error in words for the person at the keyboard: options that cannot be, a file that cannot be read
 */
export async function verifyFile(
  file: string,
  settings: VerifySettings & { out?: string },
): Promise<Verdict> {
  if (settings.header !== undefined && !HASH.test(settings.header))
    throw new Error(`--header ${settings.header} is no block hash: give 0x and 64 digits`);
  if (settings.anchor !== undefined && !ADDRESS.test(settings.anchor))
    throw new Error(`--anchor ${settings.anchor} is no address: give 0x and 40 digits`);
  if (settings.registry !== undefined && !ADDRESS.test(settings.registry))
    throw new Error(`--registry ${settings.registry} is no address: give 0x and 40 digits`);
  if (settings.out !== undefined && !settings.disclose?.length)
    throw new Error('--out writes a bundle that shows fewer fields: name them with --disclose');
  const text = await readBounded(file);
  const report = reportOf(text);
  if (report && settings.out !== undefined)
    throw new Error('--out is for a single bundle: take one with ./tallyhouse proof');
  if (report) return verifyReport(report, settings);
  const verdict = verifyText(text, settings);
  if (settings.out !== undefined && verdict.ok)
    await writeFile(settings.out, redactText(text, settings.disclose ?? []));
  return verdict;
}

/** Paths of a comma-separated option. */
export function pathsOf(option: string): string[] {
  return option
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
}

async function readBounded(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BUNDLE_BYTES) throw new RangeError(`has ${size} bytes, more than ${MAX_BUNDLE_BYTES}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'cannot be read';
    throw new Error(`${file} ${reason}: give the path of a tallyhouse-proof file`, { cause: error });
  }
}
