import { CLEAN, type RuleContext, type Verdict, type Witnessed } from '../engine/rule.js';
import { step, when } from '../engine/words.js';
import { handledWithoutCustody, partyName } from './r12-custody.js';

const parameters = {
  /** Time that a report and the word of the Custody contract may lie apart. */
  custodySlackHours: 12,
  /** Time in which a word on chain may still follow. */
  graceHours: 96,
};

/** R12: goods are with a party that was not admitted, or a unit is handled by who does not hold it on chain. */
export const unauthorisedParty = {
  id: 'R12',
  title: 'Unauthorised party',
  severity: 'HIGH',
  hard: true,
  scope: 'EVENT',
  parameters,
  optional: ['custodySlackHours', 'graceHours'],
  judge,
  judgeItem: handledWithoutCustody,
} as const;

function judge({ fact }: Witnessed, _: typeof parameters, { reference }: RuleContext): Verdict {
  const strangers = [...new Set([fact.party, ...fact.holders])].filter(
    (party) => reference.authorised(party, fact.time) === false,
  );
  if (strangers.length === 0) return CLEAN;
  const names = strangers.map(partyName).join(' and ');
  const explanation = `At ${step(fact.bizStep)} on ${when(fact.time)} the goods were with ${names}, not admitted at that time.`;
  return { violations: [{ key: '', evidence: [fact.id], at: fact.time, explanation }] };
}
