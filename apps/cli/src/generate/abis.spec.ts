import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { generateAbis } from './abis.js';

const GENERATED = 'libs/chain/src/generated';
const compiled = existsSync(join(cwd(), 'artifacts/contracts/ledger/TraceAnchor.sol/TraceAnchor.json'));
if (!compiled)
  console.warn('the contracts are not compiled (npx hardhat build): the ABI generator is not tested');
const describeCompiled = compiled ? describe : describe.skip;

describeCompiled('generateAbis', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tallyhouse-abis-'));
    for (const folder of ['artifacts/contracts', 'artifacts/@openzeppelin']) {
      await cp(join(cwd(), folder), join(root, folder), { recursive: true });
    }
  });

  afterEach(() => rm(root, { recursive: true }));

  it('gives the committed files', async () => {
    await generateAbis({ check: false, root });
    for (const file of await readdir(join(root, GENERATED))) {
      const [found, committed] = await Promise.all(
        [root, cwd()].map((base) => readFile(join(base, GENERATED, file), 'utf8')),
      );
      expect(found === committed ? file : `${file} is stale`).toBe(file);
    }
  });

  it('writes what differs and finds nothing to do afterwards', async () => {
    const { changed } = await generateAbis({ check: false, root });
    expect(changed).toContain(`${GENERATED}/trace-anchor.ts`);
    expect(await generateAbis({ check: true, root })).toEqual({ changed: [] });
  });

  it('reports an edited and a left-over file without touching them', async () => {
    await generateAbis({ check: false, root });
    await writeFile(join(root, GENERATED, 'index.ts'), 'edited');
    await writeFile(join(root, GENERATED, 'old.ts'), 'left over');
    const { changed } = await generateAbis({ check: true, root });
    expect(changed).toEqual([`${GENERATED}/index.ts`, `${GENERATED}/old.ts`]);
    expect(await readFile(join(root, GENERATED, 'index.ts'), 'utf8')).toBe('edited');
  });

  it('says to compile when an artifact is missing', async () => {
    await rm(join(root, 'artifacts/contracts/ledger'), { recursive: true });
    await expect(generateAbis({ check: true, root })).rejects.toThrow(/npx hardhat build/);
  });
});
