import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { explain } from '../cli.errors.js';
import { localAccounts } from './accounts.js';
import { StateFolder } from './state-folder.js';

const world = { seed: 1, start: '2025-01-01', months: 1, scale: 0.01 };

describe('the state folder', () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'tallyhouse-state-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('belongs to one living process, and the message says how to go on', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(join(path, 'up.pid'), `${other.pid}\n`);
    const refusal: unknown = await StateFolder.claim(path, false).catch((error: unknown) => error);
    expect(explain(refusal)).toMatch(new RegExp(`in use by process ${other.pid}[\\s\\S]*--state-dir`));
    const gone = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await gone;
    const folder = await StateFolder.claim(path, false);
    expect((await readFile(join(path, 'up.pid'), 'utf8')).trim()).toBe(String(process.pid));
    await folder.release();
    await expect(stat(join(path, 'up.pid'))).rejects.toThrow(/ENOENT/);
  });

  it('keeps its world between runs, readable by its owner only, and makes another when it is emptied', async () => {
    const first = await (await StateFolder.claim(path, false)).world(() => world);
    const second = await (await StateFolder.claim(path, false)).world(() => ({ ...world, seed: 2 }));
    expect(second).toEqual(first);
    expect((await stat(join(path, 'world.json'))).mode & 0o077).toBe(0);
    const fresh = await (await StateFolder.claim(path, true)).world(() => world);
    expect(fresh.mnemonic).not.toBe(first.mnemonic);
  });
});

describe('local accounts', () => {
  it('are all different and follow from the phrase alone', () => {
    const phrase = 'test test test test test test test test test test test junk';
    const accounts = localAccounts(phrase);
    expect(accounts.deployer.address).toBe('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266');
    const { deployer, relayer, guardian, proposer, members } = accounts;
    const all = [deployer, relayer, guardian, proposer, ...members, accounts.partner(0), accounts.partner(1)];
    expect(new Set(all.map(({ address }) => address)).size).toBe(all.length);
    expect(localAccounts(phrase).partner(1)).toEqual(accounts.partner(1));
  });
});
