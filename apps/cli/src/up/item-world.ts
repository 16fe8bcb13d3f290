import { simulateItems, type ItemParty, type ItemWorld } from '@tallyhouse/simulation';
import type { LocalWorld } from './state-folder.js';

/** Share of consignments with a planted fault: enough that every kind of finding is likely to be seen. */
const FAULT_RATE = 0.75;
/** How long a world takes to come to so many events: its consignments begin over months and end weeks after. */
const FEWEST_DAYS = 110;
const DAYS_A_ROOT_EVENT = 1;
const DAY_MS = 86_400_000;

/** The items of a local world: every case has a serial, and some consignments have a fault. */
export interface LocalItems {
  readonly world: ItemWorld;
  /** Companies that are in the register, with their index in `ItemWorld.parties`. One that has left is not. */
  readonly members: readonly { readonly index: number; readonly party: ItemParty }[];
  /** Unix milliseconds from which nothing has happened yet. */
  readonly endsAt: number;
}

/** The item world that belongs to a local world; undefined for one that was made without. */
export function localItems({
  seed,
  start,
  months,
  items = 0,
}: Omit<LocalWorld, 'mnemonic' | 'apiKeys'>): LocalItems | undefined {
  if (items === 0) return undefined;
  const end = new Date(`${start}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + months);
  const days = Math.round(FEWEST_DAYS + DAYS_A_ROOT_EVENT * Math.sqrt(items));
  const first = new Date(end.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const world = simulateItems({ seed, events: items, faultRate: FAULT_RATE, start: first });
  const members = world.parties
    .map((party, index) => ({ index, party }))
    .filter(({ party }) => party.admittedUntil === undefined);
  return { world, members, endsAt: end.getTime() };
}
