import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../../apps/cli/src/up/stack.js';

const EVERY_MS = 15_000;
const TARGETS = ['api', 'worker', 'indexer', 'database'] as const;

/** One process that was ended in the midst of its work. */
export interface Kill {
  readonly target: (typeof TARGETS)[number];
  readonly atS: number;
  /** Until it was ready again. */
  readonly awayMs: number;
}

/** Kills the processes in turn with SIGKILL and starts them again, and restarts the database, until told to stop. */
export async function killInTurn(stack: Stack, isOver: () => boolean): Promise<Kill[]> {
  const kills: Kill[] = [];
  const start = performance.now();
  for (let turn = 0; ; turn++) {
    for (let waited = 0; waited < EVERY_MS && !isOver(); waited += 500) await sleep(500);
    if (isOver()) return kills;
    const target = TARGETS[turn % TARGETS.length]!;
    const began = performance.now();
    if (target === 'database') await stack.restartDatabase();
    else {
      await stack.app(target).stop('SIGKILL');
      await stack.app(target).start();
    }
    const now = performance.now();
    kills.push({ target, atS: Math.round((began - start) / 1_000), awayMs: Math.round(now - began) });
  }
}
