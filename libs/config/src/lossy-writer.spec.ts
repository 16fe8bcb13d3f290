import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LossyWriter } from './lossy-writer.js';

describe('LossyWriter', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lossy-'));
    path = join(folder, 'log');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const told = (lost: number, code: string): string => `lost ${lost} ${code}`;
  const reads = async (text: string): Promise<void> => {
    for (let turn = 0; turn < 500 && (await readFile(path, 'utf8').catch(() => '')) !== text; turn++)
      await sleep(10);
    expect(await readFile(path, 'utf8')).toBe(text);
  };

  it('writes lines in the order in which they came', async () => {
    const fd = openSync(path, 'a');
    const writer = new LossyWriter(fd, told);
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index} ${'x'.repeat(index)}\n`);
    for (const line of lines) writer.write(line);
    await reads(lines.join(''));
    closeSync(fd);
  });

  it('goes on when the disk is full, and says how many lines were lost once it is not', async () => {
    const full = openSync('/dev/full', 'a');
    const writer = new LossyWriter(full, told);
    writer.write('one\n');
    writer.write('two\nthree\n');
    while (writer.linesLost < 3) await sleep(5);
    closeSync(full);
    // The lowest free number is given: the writer's descriptor is the file's now, as if space had been made.
    expect(openSync(path, 'a')).toBe(full);
    writer.write('four\n');
    await reads('lost 3 ENOSPC\nfour\n');
    writer.write('five\n');
    await reads('lost 3 ENOSPC\nfour\nfive\n');
    closeSync(full);
  });
});
