import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { VECTOR_FOLDERS, vectorCases } from '../../test/vector-cases.js';

const SCRIPT = join(import.meta.dirname, '../../../../experiments/second-verifier/verify.py');
const hasPython = spawnSync('python3', ['--version']).status === 0;
// Said where it is read: a run without Python must not look like one that passed.
const name = hasPython ? 'the second verifier' : 'the second verifier (skipped: there is no python3 here)';

(hasPython ? describe : describe.skip)(name, () => {
  it('written in Python from the page alone, agrees on every test vector and names the same step', () => {
    // It leaves the Event Hash ID open, as the page allows.
    const cases = VECTOR_FOLDERS.flatMap((folder) => vectorCases(folder)).filter(
      ({ failed }) => failed !== 'event hash id',
    );
    const lines = cases.map(({ bundle, given: { header, anchorContract, registry, disclose } }) =>
      JSON.stringify({ bundle, header, anchor: anchorContract, registry, disclose }),
    );
    const run = spawnSync('python3', [SCRIPT, '--lines'], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const answers = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict: string; failed: string | null });
    const found = answers.map(({ failed }, index) => `${cases[index]!.name}: ${failed ?? 'valid'}`);
    expect(found).toEqual(cases.map(({ name: given, failed }) => `${given}: ${failed ?? 'valid'}`));
  }, 60_000);
});
