import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli.errors.js';

/** Asks again until `check` gives something; `advice` says what to do when the time runs out. */
export async function waitUntil<Value>(
  what: string,
  check: () => Promise<Value | undefined | false>,
  options: { readonly timeoutMs: number; readonly intervalMs?: number; readonly advice?: string },
): Promise<Value> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) {
      throw new CliError(
        `${what}: not within ${options.timeoutMs / 1_000} s`,
        options.advice ?? 'see the logs',
      );
    }
    await sleep(options.intervalMs ?? 100);
  }
}
