import { custodyHistory, holdersWithin, type Offer, type UnitCustodyHistory } from '../engine/custody.js';
import type { Fact } from '../engine/fact.js';
import { Grace } from '../engine/grace.js';
import { sightings } from '../engine/moves.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { HOUR_MS, item, step, when } from '../engine/words.js';

/** Bounds of the part of R12 that reads the Custody contract; a rule set voted before it has none, and then it is off. */
export interface CustodyLimits {
  /** Time that a report and the word on chain may lie apart. */
  readonly custodySlackHours?: number;
  /** Time in which a word on chain may still follow. */
  readonly graceHours?: number;
}

type Wrong = 'no offer' | 'rejected' | 'withdrawn' | 'expired';

/**
 * What of R12 is about one unit: where it is under two-sided custody, who handles it holds it on chain, or was offered it
 * and accepts. Handling goods before rejecting them is right, and so is sending them back; keeping them is not. The first
 * breach of a unit is told.
 */
export function handledWithoutCustody(
  { uri, mentions }: History,
  { custodySlackHours, graceHours }: CustodyLimits,
  context: RuleContext,
): Verdict {
  const statements = context.custodyOf(uri);
  if (statements.length === 0 || custodySlackHours === undefined || graceHours === undefined) return CLEAN;
  const custody = custodyHistory(statements);
  const grace = new Grace(graceHours, context.now);
  for (const { fact } of sightings(mentions)) {
    const offer = custody.offers.findLast(
      ({ recipient, at }) => recipient === fact.party && at <= fact.time + custodySlackHours * HOUR_MS,
    );
    const wrong = wrongOf(fact, custody, offer, custodySlackHours * HOUR_MS);
    if (!wrong) continue;
    const lapses = wrong === 'expired' && offer ? offer.deadline + graceHours * HOUR_MS : 0;
    if (!grace.isOver(fact) || !grace.hasPassed(lapses)) continue;
    const explanation = `${opening(uri, fact)} ${reasonOf(wrong, offer, custody, fact)}`;
    const at = fact.time;
    return grace.verdict([{ key: `custody ${fact.id}`, evidence: [fact.id], at, explanation }]);
  }
  return grace.verdict([]);
}

function wrongOf(
  fact: Fact,
  custody: UnitCustodyHistory,
  offer: Offer | undefined,
  slackMs: number,
): Wrong | undefined {
  const holders = holdersWithin(custody, fact.time - slackMs, fact.time + slackMs);
  // Before the first word on chain, and after a release, nobody is bound.
  if (holders.length === 0 || holders.includes(undefined) || holders.includes(fact.party)) return undefined;
  if (!offer) return 'no offer';
  const { answer } = offer;
  if (answer?.kind === 'ACCEPTED') return answer.at > fact.time ? undefined : 'no offer';
  const sendsBack = fact.bizStep === 'shipping' || fact.bizStep === 'departing';
  if (sendsBack) return undefined;
  if (answer?.kind === 'REJECTED' || answer?.kind === 'WITHDRAWN')
    return fact.time <= answer.at + slackMs
      ? undefined
      : answer.kind === 'REJECTED'
        ? 'rejected'
        : 'withdrawn';
  return 'expired';
}

function opening(uri: string, { party, bizStep, time }: Fact): string {
  return `The ${item(uri)} was handled at ${step(bizStep)} on ${when(time)} by ${partyName(party)},`;
}

function reasonOf(wrong: Wrong, offer: Offer | undefined, custody: UnitCustodyHistory, fact: Fact): string {
  if (wrong === 'no offer' || !offer) {
    const holder =
      custody.tenures.findLast(({ from }) => from <= fact.time)?.holder ?? custody.tenures[0]?.holder;
    return `while ${partyName(holder ?? '')} holds it by the Custody contract and offered it to somebody else or nobody.`;
  }
  if (wrong === 'expired')
    return `whom ${partyName(offer.sender)} had offered it on chain; nobody accepted by ${when(offer.deadline)}.`;
  const { answer } = offer;
  const why = answer?.reason ? ` (${answer.reason.slice(0, 80)})` : '';
  return wrong === 'rejected'
    ? `who had rejected it on chain on ${when(answer?.at ?? 0)}${why}.`
    : `after ${partyName(offer.sender)} had withdrawn the offer on chain on ${when(answer?.at ?? 0)}.`;
}

/** A party as a person reads it. */
export function partyName(party: string): string {
  return party.replace('https://id.gs1.org/417/', 'GLN ');
}
