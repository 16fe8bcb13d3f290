import { DAY_MS } from '../../calendar.js';
import { eventId, HOUR_MS, pick, type Draft, type Script } from '../script.js';
import type { Deed, Fault } from './fault.js';

const ANCHOR_WAIT_MS = 2 * DAY_MS;

/** Faults of the records themselves: corrected without end, not anchored, altered, incomplete. */
export const RECORD_FAULTS: readonly Fault[] = [
  { rule: 'R14', kind: 'declared wrong long after', commit: declaredLate },
  { rule: 'R14', kind: 'correction corrected', commit: correctedAgain },
  { rule: 'R16', kind: 'never anchored', commit: neverAnchored },
  { rule: 'R16', kind: 'anchored too late', commit: anchoredLate },
  { rule: 'R16', kind: 'altered after anchoring', commit: altered },
  { rule: 'R17', kind: 'cases without lot code', commit: noLotCode },
  { rule: 'R17', kind: 'shipping without document', commit: noDocument },
  { rule: 'R17', kind: 'receipt without source', commit: noSource },
];

/** Declares an event wrong and records the right one; both repeat it, the first word for word. */
export function correct(
  script: Script,
  wrong: Draft,
  declaredAt: number,
): { declaration: Draft; right: Draft } {
  const lag = Math.max(0, declaredAt - wrong.at);
  const right: Draft = { ...wrong, lag: lag + 60_000, event: { ...wrong.event, eventID: eventId(script) } };
  const note = wrong.event['tally:note'];
  if (typeof note === 'string') right.event['tally:note'] = `Corrected. ${note}`;
  const errorDeclaration = {
    declarationTime: new Date(declaredAt).toISOString(),
    reason: 'incorrect_data',
    correctiveEventIDs: [right.event.eventID],
  };
  const declaration: Draft = { ...wrong, gate: false, lag, event: { ...wrong.event, errorDeclaration } };
  script.drafts.push(declaration, right);
  return { declaration, right };
}

/** A step that other steps do not rest on, so that a mistake in it changes nothing else. */
export function correctable(script: Script): Draft | undefined {
  const draft = pick(
    script.prng,
    script.inspections.filter((each) => script.drafts.includes(each)),
  );
  if (draft) draft.lag = 0.2 * HOUR_MS;
  return draft;
}

function declaredLate(script: Script): Deed | undefined {
  const wrong = correctable(script);
  if (!wrong) return undefined;
  const { declaration } = correct(script, wrong, wrong.at + script.prng.integer(20, 45) * DAY_MS);
  return { evidence: [declaration] };
}

function correctedAgain(script: Script): Deed | undefined {
  const wrong = correctable(script);
  if (!wrong) return undefined;
  const first = correct(script, wrong, wrong.at + script.prng.integer(4, 30) * HOUR_MS);
  const declaredAt = wrong.at + script.prng.integer(40, 90) * HOUR_MS;
  const second = correct(script, first.right, declaredAt);
  return { evidence: [first.declaration, second.declaration].slice(1) };
}

function anyDraft(script: Script): Draft | undefined {
  return pick(
    script.prng,
    script.drafts.filter(({ gate, event }) => !gate && !event.errorDeclaration),
  );
}

function neverAnchored(script: Script): Deed | undefined {
  const draft = anyDraft(script);
  if (!draft) return undefined;
  draft.proof = 'never';
  return { evidence: [draft], waitMs: ANCHOR_WAIT_MS };
}

function anchoredLate(script: Script): Deed | undefined {
  const draft = anyDraft(script);
  if (!draft) return undefined;
  draft.proof = script.prng.integer(30, 90) * HOUR_MS;
  return { evidence: [draft], waitMs: 5 * DAY_MS };
}

function altered(script: Script): Deed | undefined {
  const draft = anyDraft(script);
  if (!draft) return undefined;
  draft.proof = 'altered';
  return { evidence: [draft], waitMs: ANCHOR_WAIT_MS };
}

function noLotCode(script: Script): Deed | undefined {
  const draft = pick(script.prng, script.casing);
  if (!draft) return undefined;
  delete draft.event.ilmd;
  return { evidence: [draft] };
}

function noDocument(script: Script): Deed | undefined {
  const leg = pick(script.prng, script.legs);
  if (!leg) return undefined;
  delete leg.ship.event.bizTransactionList;
  return { evidence: [leg.ship] };
}

function noSource(script: Script): Deed | undefined {
  const leg = pick(script.prng, script.legs);
  if (!leg) return undefined;
  leg.receive.gate = false;
  delete leg.receive.event.sourceList;
  return { evidence: [leg.receive] };
}
