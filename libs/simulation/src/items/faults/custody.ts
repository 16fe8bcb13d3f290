import { DAY_MS } from '../../calendar.js';
import { changesHands, OPEN_AFTER_MS, REJECT_AFTER_MS } from '../hand-over.js';
import { HOUR_MS, pick, type HandOverEnd, type Script, type ScriptLeg } from '../script.js';
import { noticed, type Deed } from './fault.js';

/** Time in which a word on chain may still follow, and a day more. */
const WORD_WAIT_MS = 5 * DAY_MS;

/** The contract is told of another taker than the one who took the goods. */
export function takenByAnother(script: Script): Deed | undefined {
  return ending(script, 'to another', () => true, WORD_WAIT_MS);
}

/** The goods were rejected while they were on the way, and are received all the same. */
export function takenAfterRejection(script: Script): Deed | undefined {
  const isLong = ({ ship, receive }: ScriptLeg): boolean =>
    receive.at - ship.at > REJECT_AFTER_MS + 16 * HOUR_MS;
  return ending(script, 'rejected', isLong, WORD_WAIT_MS);
}

/** The goods are received, and the offer passes without an answer. */
export function neverAccepted(script: Script): Deed | undefined {
  return ending(script, 'unanswered', () => true, WORD_WAIT_MS + OPEN_AFTER_MS);
}

function ending(
  script: Script,
  end: HandOverEnd,
  fits: (leg: ScriptLeg) => boolean,
  waitMs: number,
): Deed | undefined {
  const legs = script.legs.filter(
    (leg) => leg.units.every((unit) => unit.includes('/00/')) && changesHands(script, leg) && fits(leg),
  );
  const leg = pick(script.prng, legs);
  if (!leg) return undefined;
  script.underCustody = true;
  script.handOvers.set(leg, end);
  return { evidence: noticed(leg.receive), waitMs, onChain: true };
}
