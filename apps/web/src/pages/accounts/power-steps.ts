import type { Step } from '../../chart/step-geometry.js';
import { tokenNumber } from '../../format/numbers.js';
import type { PowerChange } from '../../network/vote-types.js';

/** Changes, newest first as the api gives them, as what the votes were from each on; several in a second are its last. */
export function powerSteps(changes: readonly Pick<PowerChange, 'at' | 'votes'>[]): Step[] {
  const steps: Step[] = [];
  for (const { at, votes } of changes.toReversed()) {
    const step = { atMs: Date.parse(at), value: tokenNumber(votes) };
    if (steps.at(-1)?.atMs === step.atMs) steps.pop();
    steps.push(step);
  }
  return steps;
}
