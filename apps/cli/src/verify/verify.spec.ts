import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathsOf, verifyFile } from './verify-file.js';
import { verifyText } from './verify-text.js';

const VECTORS = join(import.meta.dirname, '../../../../libs/proofs/vectors/2');
type Bundle = { event: { namespaces: object; body: { bizStep: string } }; stated: { corrections: object[] } };

describe('verify', () => {
  let folder: string;
  let whole: string;
  let pinned: { header: string; anchor: string; registry: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-verify-'));
    whole = await readFile(join(VECTORS, 'whole.json'), 'utf8');
    const cases = JSON.parse(await readFile(join(VECTORS, 'cases.json'), 'utf8')) as {
      header: string;
      anchorContract: string;
      registry: string;
    };
    pinned = { header: cases.header, anchor: cases.anchorContract, registry: cases.registry };
  });
  afterAll(() => rm(folder, { recursive: true }));
  const changed = (change: (bundle: Bundle) => void): string => {
    const bundle = JSON.parse(whole) as Bundle;
    change(bundle);
    return JSON.stringify(bundle);
  };

  it('finds the vector valid, its Event Hash ID computed', () => {
    const { ok, lines } = verifyText(whole, pinned);
    expect(ok).toBe(true);
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(14);
    expect(lines.at(-1)).toMatch(/^valid as of block \d+ \(0x[0-9a-f]{64}\) of chain 31337$/);
    expect(lines.join('\n')).toContain('0 corrections known up to block');
  });

  it('says what stays open when nothing is pinned', () => {
    const { ok, lines } = verifyText(whole, {});
    expect(ok).toBe(true);
    expect(lines.filter((line) => line.startsWith('open')).map((line) => line.split(':')[0])).toEqual([
      'open    header',
      'open    contract',
      'open    submitter',
    ]);
    expect(lines.at(-1)).toMatch(/^consistent, header not pinned/);
  });

  it('names the first step that fails, last in its answer', () => {
    const content = verifyText(
      changed(({ event }) => void (event.body.bizStep = 'receiving')),
      pinned,
    );
    expect(content.ok).toBe(false);
    expect(content.lines.at(-1)).toMatch(/^not valid: content: /);
    const hash = verifyText(
      changed(({ event }) => void (event.namespaces = { tally: 'https://x.example/' })),
      pinned,
    );
    expect(hash.lines.at(-1)).toMatch(/^not valid: event hash id: /);
    expect(verifyText('{"format":', pinned).lines.at(-1)).toContain('no JSON');
  });

  it('lists corrections as stated, and keeps signs that steer a terminal from it', () => {
    const correction = { block: 9, transaction: `0x${'00'.repeat(32)}`, submitter: `0x${'00'.repeat(20)}` };
    const text = changed(({ stated }) =>
      stated.corrections.push({ ...correction, reason: 'lot\u001b[2Jx\u202e' }),
    );
    const shown = verifyText(text, pinned).lines.join('\n');
    expect(shown).toContain('stated by the server, not proved: 1 corrections');
    expect(shown).toContain(String.raw`lot\u001b[2Jx\u202e`);
  });

  it('writes a bundle with fewer fields, which holds as well', async () => {
    const [file, out] = [join(folder, 'whole.json'), join(folder, 'fewer.json')];
    await writeFile(file, whole);
    const disclose = pathsOf('bizStep, /readPoint');
    expect((await verifyFile(file, { ...pinned, disclose, out })).ok).toBe(true);
    const fewer = await verifyFile(out, pinned);
    expect(fewer.lines.join('\n')).toContain('shown: 2 fields; hidden but bound: 14');
    expect(await readFile(out, 'utf8')).not.toContain('dock');
    const asked = await verifyFile(out, { ...pinned, disclose: ['epcList'] });
    expect(asked.lines.at(-1)).toBe('not valid: fields asked for: the bundle does not show epcList');
  });

  it('refuses options that cannot be and files that are not there, in words', async () => {
    await expect(verifyFile('x', { header: '0x12' })).rejects.toThrow('give 0x and 64 digits');
    await expect(verifyFile('x', { anchor: 'y' })).rejects.toThrow('give 0x and 40 digits');
    await expect(verifyFile('x', { out: 'y' })).rejects.toThrow('--disclose');
    await expect(verifyFile(join(folder, 'none'), {})).rejects.toThrow('cannot be read');
    await expect(verifyFile(folder, {})).rejects.toThrow('is no file');
    const odd = async (bytes: string | Uint8Array): Promise<string> => {
      await writeFile(join(folder, 'odd'), bytes);
      return join(folder, 'odd');
    };
    await expect(verifyFile(await odd(''), {})).rejects.toThrow('is empty');
    await expect(verifyFile(await odd(gzipSync(whole)), {})).rejects.toThrow('packed with gzip: unpack it');
    await expect(verifyFile(await odd(Buffer.from([0xff, 0xfe, 0x7b])), {})).rejects.toThrow('UTF-8');
    expect((await verifyFile(await odd(`\ufeff${whole}`), pinned)).ok).toBe(true);
    const later = await verifyFile(await odd(whole.replace('proof/2', 'proof/9')), pinned);
    expect(later.lines.at(-1)).toContain('tallyhouse-proof/2, tallyhouse-text-proof/1');
  });

  it('knows no server: nothing but the pure libs, files and its arguments is imported', async () => {
    const allowed =
      /^(?:@tallyhouse\/(?:epcis|proofs)|node:(?:fs\/promises|util)|\.\/verify-(?:file|text)\.js)$/;
    for (const name of ['standalone', 'verify-file', 'verify-text']) {
      const source = await readFile(join(import.meta.dirname, `${name}.ts`), 'utf8');
      const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((from) => !allowed.test(from ?? ''))).toEqual([]);
    }
  });
});
