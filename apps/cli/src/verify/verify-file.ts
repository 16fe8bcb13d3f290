import { readFile, stat, writeFile } from 'node:fs/promises';
import {
  MAX_BUNDLE_BYTES,
  redactText,
  verifyText,
  type Verdict,
  type VerifySettings,
} from './verify-text.js';

const HASH = /^0x[0-9a-fA-F]{64}$/;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Verifies a file. With `out` it also writes a bundle that shows only the fields of `disclose`, if the file's holds.
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

const ADVICE = 'give the path of a tallyhouse-proof file';

async function readBounded(file: string): Promise<string> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new Error(`${file} cannot be read: ${ADVICE}`, { cause });
  });
  if (!found.isFile()) throw new Error(`${file} is no file: ${ADVICE}`);
  if (found.size === 0) throw new Error(`${file} is empty: ${ADVICE}`);
  if (found.size > MAX_BUNDLE_BYTES)
    throw new Error(`${file} has ${found.size} bytes, more than ${MAX_BUNDLE_BYTES}: ${ADVICE}`);
  const bytes = await readFile(file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new Error(`${file} is packed with gzip: unpack it (gunzip) and give the file that comes out`);
  return utf8(file, bytes);
}

/** Text of a file; no byte is read as another sign than it is. */
function utf8(file: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  } catch (cause) {
    throw new Error(`${file} is no text in UTF-8: ${ADVICE}`, { cause });
  }
}
