import { DAY_MS } from '../calendar.js';
import type { Prng } from '../prng.js';
import { distribute } from './distribution.js';
import { correct, correctable, plantFault } from './faults/index.js';
import type { ItemNetwork } from './item-network.js';
import { custodyOf } from './hand-over.js';
import type { ItemCustodyStatement, ItemProduct, PlantedFault, RecordedEvent } from './item-world.js';
import { produce } from './production.js';
import { HOUR_MS, MINUTE_MS, type Draft, type Script } from './script.js';

/** Honest mistakes that are put right within two days. */
const CORRECTION_RATE = 0.08;
/** Gates that miss a unit. */
const MISSED_READ_RATE = 0.02;
/** Records that come days late. */
const LATE_RATE = 0.01;
/** One consignment in so many is handed over on chain as well, by both sides. */
const CUSTODY_EVERY = 3;

/** The events of one consignment, in no order, and the fault that was planted in it. */
export interface Consignment {
  readonly records: readonly RecordedEvent[];
  readonly fault?: PlantedFault;
}

/** Plays one consignment from farm to customer. */
export function playConsignment(
  network: ItemNetwork,
  product: ItemProduct,
  start: number,
  prng: Prng,
  nextNumber: () => number,
  faulty: boolean,
): Consignment {
  const script: Script = {
    ...{ network, prng, product, nextNumber },
    ...{ drafts: [], harvests: [], binPacks: [], process: undefined, casing: [], pallets: [] },
    ...{ storeUnits: [], legs: [], inspections: [], sales: new Map(), handOvers: new Map() },
    // Counted, not drawn: what is drawn for the goods stays as it was.
    underCustody: nextNumber() % CUSTODY_EVERY === 0,
  };
  distribute(script, produce(script, start));
  const planted = faulty ? plantFault(script) : undefined;
  if (!planted && prng.chance(CORRECTION_RATE)) {
    const wrong = correctable(script);
    if (wrong) correct(script, wrong, wrong.at + prng.integer(2, 40) * HOUR_MS);
  }
  const recorded = new Map<Draft, RecordedEvent>();
  const custody =
    !planted || planted.deed.onChain ? custodyOf(script) : new Map<Draft, ItemCustodyStatement[]>();
  for (const draft of script.drafts) {
    const record = recordOf(draft, script);
    const statements = custody.get(draft);
    if (record) recorded.set(draft, statements ? { ...record, custody: statements } : record);
  }
  const records = [...recorded.values()];
  if (!planted) return { records };
  const { fault, deed } = planted;
  const shown = deed.evidence.flatMap((draft) => recorded.get(draft) ?? []);
  if (shown.length === 0) return { records };
  return {
    records,
    fault: {
      ...{ rule: fault.rule, kind: fault.kind, also: deed.also ?? [] },
      eventIds: deed.evidence.map(({ event }) => event.eventID),
      shownBy: Math.max(...shown.map(({ recordedAt }) => recordedAt)) + (deed.waitMs ?? 0),
    },
  };
}

/** What a reporter's system makes of what happened: its clock, its gates, its delays. Undefined if nothing was read. */
function recordOf(draft: Draft, { network, prng }: Script): RecordedEvent | undefined {
  const event = { ...draft.event };
  if (draft.gate && event.epcList) {
    const read = event.epcList.filter(() => !prng.chance(MISSED_READ_RATE));
    if (read.length === 0) return undefined;
    event.epcList = read;
  }
  const skew = draft.site === undefined ? 0 : (network.clockSkew[draft.site] ?? 0);
  const offset = draft.site === undefined ? 0 : (network.sites[draft.site]?.offsetMinutes ?? 0);
  event.eventTime = new Date(draft.at + skew).toISOString();
  event.eventTimeZoneOffset = formatOffset(offset);
  const usual = prng.chance(LATE_RATE)
    ? prng.integer(12, 70) * HOUR_MS
    : 5 * MINUTE_MS + Math.round(20 * MINUTE_MS * prng.float());
  const recordedAt = draft.at + (draft.lag ?? usual);
  return { party: draft.party, recordedAt, event, ...proofOf(draft, event, recordedAt, prng) };
}

function proofOf(
  { proof }: Draft,
  event: RecordedEvent['event'],
  recordedAt: number,
  prng: Prng,
): Pick<RecordedEvent, 'anchoredAt' | 'anchoredEvent'> {
  if (proof === 'never') return {};
  const anchoredAt = recordedAt + (typeof proof === 'number' ? proof : prng.integer(1, 120) * MINUTE_MS);
  if (proof !== 'altered') return { anchoredAt };
  const before = Date.parse(event.eventTime) - 0.1 * DAY_MS;
  return { anchoredAt, anchoredEvent: { ...event, eventTime: new Date(before).toISOString() } };
}

function formatOffset(minutes: number): string {
  const pad = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`;
}
