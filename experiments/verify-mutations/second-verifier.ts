import { spawnSync } from 'node:child_process';
import type { VerifyOptions } from '@tallyhouse/proofs';

const SCRIPT = 'experiments/second-verifier/verify.py';
const MOST_BYTES = 2 ** 30;

/** A bundle and what the caller gives besides. */
export interface SecondCase {
  readonly bundle: unknown;
  readonly given: VerifyOptions;
}

/** The step that failed, or null where the second verifier accepts. */
export type SecondAnswer = string | null;

/** Asks the verifier in Python about every case; undefined where there is no python3. */
export function askSecond(cases: readonly SecondCase[]): SecondAnswer[] | undefined {
  if (spawnSync('python3', ['--version']).status !== 0) return undefined;
  const lines = cases.map(({ bundle, given: { header, anchorContract, registry } }) =>
    JSON.stringify({ bundle, header, anchor: anchorContract, registry }),
  );
  const { stdout, stderr, status } = spawnSync('python3', [SCRIPT, '--lines'], {
    ...{ input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: MOST_BYTES },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { failed: SecondAnswer }).failed);
}
