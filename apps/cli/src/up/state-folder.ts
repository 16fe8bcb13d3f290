import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { english, generateMnemonic } from 'viem/accounts';
import { CliError } from '../cli.errors.js';

const NEEDED_BYTES = 1_000_000_000;

/** What the local world is, kept between runs. */
export interface LocalWorld {
  readonly mnemonic: string;
  readonly seed: number;
  /** First day of the simulated world, `YYYY-MM-DD`. */
  readonly start: string;
  readonly months: number;
  readonly scale: number;
  /** Events of the item world beside it; absent in a world that was made without. */
  readonly items?: number;
  /** API keys by partner address, lower case. */
  readonly apiKeys: Readonly<Record<string, string>>;
}

/** The folder where `up` keeps everything; one running `up` at a time. */
export class StateFolder {
  private constructor(public readonly path: string) {}

  /** Opens (or makes) the folder and takes its lock. */
  public static async claim(path: string, fresh: boolean): Promise<StateFolder> {
    await mkdir(path, { recursive: true });
    const folder = new StateFolder(path);
    await folder.lock();
    if (fresh) await folder.empty();
    await folder.refuseFullDisk();
    await mkdir(folder.logs, { recursive: true });
    // The database server runs as another user and must reach its own folder inside.
    await chmod(path, 0o711);
    return folder;
  }

  public get postgres(): string {
    return join(this.path, 'postgres');
  }
  public get chain(): string {
    return join(this.path, 'chain.json');
  }
  public get deployment(): string {
    return join(this.path, 'local.json');
  }
  public get logs(): string {
    return join(this.path, 'logs');
  }
  public get artifacts(): string {
    return join(this.path, 'artifacts');
  }

  /** The world of the last run, or a new one. */
  public async world(make: () => Omit<LocalWorld, 'mnemonic' | 'apiKeys'>): Promise<LocalWorld> {
    const path = join(this.path, 'world.json');
    if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as LocalWorld;
    const world: LocalWorld = { mnemonic: generateMnemonic(english), ...make(), apiKeys: {} };
    await this.saveWorld(world);
    return world;
  }

  public async saveWorld(world: LocalWorld): Promise<void> {
    await writeFile(join(this.path, 'world.json'), `${JSON.stringify(world, null, 2)}\n`, { mode: 0o600 });
  }

  public async release(): Promise<void> {
    await rm(this.lockPath, { force: true });
  }

  private get lockPath(): string {
    return join(this.path, 'up.pid');
  }

  private async lock(): Promise<void> {
    const owner = Number((await readFile(this.lockPath, 'utf8').catch(() => '')).trim());
    if (owner > 1 && owner !== process.pid && isAlive(owner)) {
      throw new CliError(
        `${this.path} is in use by process ${owner}`,
        `stop that one (Ctrl-C, or kill ${owner}), or give another folder with --state-dir`,
      );
    }
    await rm(this.lockPath, { force: true });
    const file = await open(this.lockPath, 'wx');
    await file.writeFile(`${process.pid}\n`);
    await file.close();
  }

  private async empty(): Promise<void> {
    for (const name of [
      'postgres',
      'chain.json',
      'local.json',
      'world.json',
      'artifacts',
      'logs',
      'seeded',
    ]) {
      await rm(join(this.path, name), { recursive: true, force: true });
    }
  }

  private async refuseFullDisk(): Promise<void> {
    const { bavail, bsize } = await statfs(this.path);
    const free = bavail * bsize;
    if (free >= NEEDED_BYTES) return;
    throw new CliError(
      `${Math.round(free / 1e6)} MB free where ${this.path} lies; ${NEEDED_BYTES / 1e6} MB are needed`,
      'free some space, or give a folder on another disk with --state-dir',
    );
  }
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
