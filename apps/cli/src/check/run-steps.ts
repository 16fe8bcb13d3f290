import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../paths.js';
import type { Step } from './steps.js';

/** Tests passed, failed and skipped. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs every step, also after one has failed, and adds up. */
export async function runSteps(steps: readonly Step[]): Promise<Tally> {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  for (const step of steps) {
    const startedMs = Date.now();
    process.stdout.write(`\n── ${step.name} ──\n`);
    const tally = await runStep(step);
    if (tally.failed > 0) failures.push(step.name);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    const verdict = tally.failed === 0 ? 'ok' : 'FAILED';
    process.stdout.write(`${step.name}: ${verdict}, ${((Date.now() - startedMs) / 1_000).toFixed(1)} s\n`);
  }
  if (failures.length > 0) process.stdout.write(`\nFailed: ${failures.join(', ')}\n`);
  return total;
}

/** The line that continuous integration reads. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function runStep(step: Step): Promise<Tally> {
  if (step.counting === 'jest') return runJest(step);
  let output = '';
  const code = await run(step.command, step.args, (text) => (output += text));
  if (step.counting === 'hardhat') return hardhatTally(output, code);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function runJest(step: Step): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-jest-'));
  const file = join(folder, 'report.json');
  try {
    const code = await run(step.command, [...step.args, '--json', '--outputFile', file], () => undefined, [
      'ignore',
      'ignore',
      'inherit',
    ]);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return { passed: 0, failed: 1, skipped: 0 };
    return jestTally(JSON.parse(text) as JestReport, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The part of Jest's `--json` report that is counted. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

/** A suite that could not be loaded has no failed tests, yet it failed; so did a run that ends with an error. */
export function jestTally(report: JestReport, code: number): Tally {
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites, code === 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

/** Adds up Hardhat's `N passing` and `N failing`; a run that ends with an error failed at least once. */
export function hardhatTally(output: string, code: number): Tally {
  // eslint-disable-next-line no-control-regex -- colours of the terminal
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const passed = /^(\d+) passing/m.exec(plain.replace(/^\s+/gm, ''));
  const failed = /^(\d+) failing/m.exec(plain.replace(/^\s+/gm, ''));
  const failures = Math.max(Number(failed?.[1] ?? 0), code === 0 ? 0 : 1);
  return { passed: Number(passed?.[1] ?? 0), failed: failures, skipped: 0 };
}

function run(
  command: string,
  args: readonly string[],
  onOutput: (text: string) => void,
  stdio: ('ignore' | 'pipe' | 'inherit')[] = ['ignore', 'pipe', 'pipe'],
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        process.stdout.write(chunk);
        onOutput(chunk.toString());
      });
    }
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
