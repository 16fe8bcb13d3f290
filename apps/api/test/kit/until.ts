import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;

/** Waits until something holds. */
export async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 20_000): Promise<void> {
  for (let waitedMs = 0; !(await condition()); waitedMs += LOOK_MS) {
    if (waitedMs > deadlineMs) throw new Error(`waited ${deadlineMs} ms in vain`);
    await pause(LOOK_MS);
  }
}
