import { CLEAN, type RuleContext, type Verdict, type Witnessed } from '../engine/rule.js';
import { step, when } from '../engine/words.js';

const parameters = {};

/** R12: goods are reported, held or handed over by a party that was not admitted at that time. */
export const unauthorisedParty = {
  id: 'R12',
  title: 'Unauthorised party',
  severity: 'HIGH',
  hard: true,
  scope: 'EVENT',
  parameters,
  judge,
} as const;

function judge({ fact }: Witnessed, _: typeof parameters, { reference }: RuleContext): Verdict {
  const strangers = [...new Set([fact.party, ...fact.holders])].filter(
    (party) => reference.authorised(party, fact.time) === false,
  );
  if (strangers.length === 0) return CLEAN;
  const names = strangers.map((party) => party.replace('https://id.gs1.org/417/', 'GLN ')).join(' and ');
  const explanation = `At ${step(fact.bizStep)} on ${when(fact.time)} the goods were with ${names}, not admitted at that time.`;
  return { violations: [{ key: '', evidence: [fact.id], at: fact.time, explanation }] };
}
