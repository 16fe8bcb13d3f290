import type { Script } from '../script.js';
import { CONTENT_FAULTS } from './contents.js';
import type { Deed, Fault } from './fault.js';
import { IDENTITY_FAULTS } from './identity.js';
import { MOVEMENT_FAULTS } from './movement.js';
import { RECORD_FAULTS } from './records.js';

const FAULTS: readonly Fault[] = [
  ...IDENTITY_FAULTS,
  ...MOVEMENT_FAULTS,
  ...CONTENT_FAULTS,
  ...RECORD_FAULTS,
];
const RULES = [...new Set(FAULTS.map(({ rule }) => rule))];
const MOST_TRIES = 6;

/** Plants one fault in a script: a rule drawn evenly, then one of the ways to break it that fits. */
export function plantFault(script: Script): { readonly fault: Fault; readonly deed: Deed } | undefined {
  const { prng } = script;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const rule = RULES[prng.integer(0, RULES.length - 1)];
    const ways = FAULTS.filter((fault) => fault.rule === rule);
    const fault = ways[prng.integer(0, ways.length - 1)];
    const deed = fault?.commit(script);
    if (fault && deed) return { fault, deed };
  }
  return undefined;
}

export { correct, correctable } from './records.js';
