import { DAY_MS } from '../calendar.js';
import type { ItemCustodyStatement } from './item-world.js';
import {
  HOUR_MS,
  MINUTE_MS,
  siteOf,
  type Draft,
  type HandOverEnd,
  type Script,
  type ScriptLeg,
} from './script.js';

/** After the shipping: an offer, an answer to it at the receipt, a rejection while the goods are on the way. */
const OFFER_AFTER_MS = 10 * MINUTE_MS;
const ACCEPT_AFTER_MS = 40 * MINUTE_MS;
export const REJECT_AFTER_MS = 2 * HOUR_MS;
/** Time that an offer stays open after the receipt it waits for. */
export const OPEN_AFTER_MS = 3 * DAY_MS;

/** Whether the goods change hands on a leg; between places of one company nothing is handed over. */
export function changesHands(script: Script, { from, to }: ScriptLeg): boolean {
  return siteOf(script, from).party !== siteOf(script, to).party;
}

/**
 * What the Custody contract says of the units of a consignment, by the shipping at which each hand-over begins. After
 * one that ended otherwise than the goods went, the contract hears no more of those units.
 */
export function custodyOf(script: Script): Map<Draft, ItemCustodyStatement[]> {
  const statements = new Map<Draft, ItemCustodyStatement[]>();
  if (!script.underCustody) return statements;
  const astray = new Set<string>();
  for (const leg of script.legs) {
    const units = leg.units.filter((unit) => unit.includes('/00/') && !astray.has(unit));
    if (units.length === 0 || !changesHands(script, leg)) continue;
    const end = script.handOvers.get(leg) ?? 'accepted';
    if (end !== 'accepted') for (const unit of units) astray.add(unit);
    statements.set(
      leg.ship,
      units.flatMap((unit) => handOver(script, leg, unit, end)),
    );
  }
  return statements;
}

function handOver(script: Script, leg: ScriptLeg, unit: string, end: HandOverEnd): ItemCustodyStatement[] {
  const link = (party: number): string => script.network.parties[party]?.uri ?? '';
  const sender = link(siteOf(script, leg.from).party);
  const recipient = link(end === 'to another' ? anotherParty(script, leg) : siteOf(script, leg.to).party);
  const between = { unit, sender, recipient };
  const deadline = leg.receive.at + OPEN_AFTER_MS;
  const offer = { ...between, kind: 'OFFERED' as const, at: leg.ship.at + OFFER_AFTER_MS, deadline };
  if (end === 'unanswered') return [offer];
  if (end === 'rejected') {
    const reason = 'seal number differs';
    return [offer, { ...between, kind: 'REJECTED', at: leg.ship.at + REJECT_AFTER_MS, deadline: 0, reason }];
  }
  return [offer, { ...between, kind: 'ACCEPTED', at: leg.receive.at + ACCEPT_AFTER_MS, deadline: 0 }];
}

/** A member that is neither of the two. */
function anotherParty({ network }: Script, { from, to }: ScriptLeg): number {
  const both = [network.sites[from]?.party, network.sites[to]?.party];
  return network.parties.findIndex(
    ({ role, admittedUntil }, party) =>
      role === 'retailer' && admittedUntil === undefined && !both.includes(party),
  );
}
