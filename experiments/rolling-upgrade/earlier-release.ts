import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCES = ['apps', 'libs', 'migrations', 'contracts', 'package.json', 'tsconfig.json', '.swcrc'];

/** The code of a commit, built in a folder of its own with the packages of this one. */
export interface EarlierRelease {
  readonly root: string;
  readonly commit: string;
  remove(): Promise<void>;
}

/** Takes a commit out of this repository and builds it. */
export async function takeRelease(revision: string): Promise<EarlierRelease> {
  const { stdout } = await run('git', ['rev-parse', '--short', `${revision}^{commit}`]);
  const commit = stdout.trim();
  const root = await mkdtemp(join(tmpdir(), 'tallyhouse-release-'));
  const archive = join(root, 'code.tar');
  await mkdir(join(root, 'dist'));
  await run('git', ['archive', '--output', archive, commit, ...SOURCES]);
  await run('tar', ['-xf', archive, '-C', root]);
  await rm(archive);
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  await run('npm', ['run', '--silent', 'build'], { cwd: root });
  return { root, commit, remove: () => rm(root, { recursive: true, force: true }) };
}
