import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstDifference, schemaText } from './generate-schema.js';

const SCHEMA_FILE = resolve('schema.graphql');

/**
 * Writes schema.graphql in the working directory, or only compares it.
 *
 * @returns where the file differed, or undefined when it was up to date
 */
export async function generateSchema({ check }: { readonly check: boolean }): Promise<string | undefined> {
  const fresh = await schemaText();
  const present = await readFile(SCHEMA_FILE, 'utf8').catch(() => '');
  const difference = firstDifference(present, fresh);
  if (difference !== undefined && !check) await writeFile(SCHEMA_FILE, fresh);
  return difference;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  const difference = await generateSchema({ check });
  const name = relative('', SCHEMA_FILE);
  if (difference === undefined) process.stdout.write(`${name} is up to date\n`);
  else if (!check) process.stdout.write(`${name} written\n`);
  else {
    process.stderr.write(`${name} is not what the code says, first at ${difference}\n`);
    process.stderr.write(
      'run `npm run build && node dist/apps/api/src/schema/generate.js` and commit the result\n',
    );
    process.exitCode = 1;
  }
}
