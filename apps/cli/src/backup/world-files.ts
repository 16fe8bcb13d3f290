import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CliError } from '../cli.errors.js';

const CHAIN = 'chain.json';
/** What a local world is besides its database: accounts and keys, where the contracts lie, that it was filled. */
const PLAIN = ['world.json', 'local.json', 'seeded'];
const NAMES = new Set([...PLAIN, CHAIN]);

interface WorldFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files that make a folder a local world. */
export interface WorldFiles {
  /** Whether a world is there. */
  exists(): boolean;
  read(): Promise<readonly WorldFile[]>;
  /** @throws CliError for a name that is no file of a world */
  write(file: WorldFile): Promise<void>;
}

/** The chain that runs is asked for its state: the file is up to ten seconds old. */
export function runningWorld(folder: string, rpcUrl: string): WorldFiles {
  return filesIn(folder, async () => ({ name: CHAIN, bytes: await chainState(rpcUrl) }));
}

/** Its chain wrote everything down when it ended. */
export function stoppedWorld(folder: string): WorldFiles {
  return filesIn(folder, async () => ({ name: CHAIN, bytes: await readFile(join(folder, CHAIN)) }));
}

function filesIn(folder: string, chain: () => Promise<WorldFile>): WorldFiles {
  return {
    exists: () => existsSync(join(folder, 'world.json')),
    read: async () => {
      const there = PLAIN.filter((name) => existsSync(join(folder, name)));
      const plain = there.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) }));
      return [...(await Promise.all(plain)), await chain()];
    },
    write: ({ name, bytes }) => replaceFile(folder, name, bytes),
  };
}

async function replaceFile(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  if (!NAMES.has(name))
    throw new CliError(`world/${name} is no file of a local world`, 'the backup was altered');
  const path = join(folder, name);
  const file = await open(`${path}.restored`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.restored`, path);
}

/** What anvil would write to its file now. */
async function chainState(rpcUrl: string): Promise<Uint8Array> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"anvil_dumpState","params":[]}',
  });
  const { result } = (await response.json()) as { result?: string };
  if (!result?.startsWith('0x'))
    throw new CliError(
      'the local chain did not tell its state',
      'try again, or back up after stopping ./tallyhouse up',
    );
  return gunzipSync(Buffer.from(result.slice(2), 'hex'));
}
