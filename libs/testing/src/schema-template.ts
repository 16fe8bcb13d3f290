import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templateCache } from './cluster-template.js';
import { readable } from './postgres-cluster.js';

/** The database of a temporary cluster from which those with the whole schema are copied. */
export const SCHEMA_DATABASE = 'schema_template';

/** The folder of the template that fits today's migrations; undefined when there is none. */
export async function schemaTemplate(): Promise<string | undefined> {
  const folder = await schemaFolder();
  return folder && (await readable(join(folder, 'initialised'))) ? folder : undefined;
}

/** Where the template of today's migrations lies or would lie; undefined where none can be kept. */
export async function schemaFolder(): Promise<string | undefined> {
  const cache = await templateCache();
  const folder = cache && join(cache.folder, '..', '..', '..', 'migrations');
  const names = folder && (await readdir(folder).catch(() => undefined));
  if (!names) return undefined;
  const digest = createHash('sha256');
  for (const name of names.filter((each) => each.endsWith('.ts')).sort())
    digest.update(name).update(await readFile(join(folder, name)));
  return join(cache.folder, `schema-${cache.name}-${digest.digest('hex').slice(0, 16)}`);
}
