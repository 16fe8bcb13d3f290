import { seededRandom } from '@tallyhouse/compute';
import type { EpcisEvent } from '@tallyhouse/epcis';
import type { CapturedEvent } from '../src/events/captured-event.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday. */
const START_MS = Date.UTC(2024, 0, 1);
const PLACE = 'https://id.gs1.org/414/9521141000014';
const SHOPS = ['9521141000021', '9521141000038', '9521141000045'].map(
  (number) => `https://id.gs1.org/414/${number}`,
);
const A_WEEK = 50;

/** Shipments of about 40 units in working hours from Monday to Friday, two days after they were packed; recorded within the hour. */
export function shipments(count: number, seed: number): CapturedEvent[] {
  const random = seededRandom(seed);
  const times = Array.from({ length: count }, (_, at) => {
    const day = 7 * Math.floor(at / A_WEEK) + Math.floor((at % A_WEEK) / (A_WEEK / 5));
    return START_MS + day * DAY_MS + (8 + 9 * random.uniform()) * HOUR_MS;
  }).toSorted((a, b) => a - b);
  return times.map((timeMs, at) => ({
    ...{ id: `event ${at}`, partner: '0xa', bizStep: 'shipping', timeMs, offsetMinutes: 0, place: PLACE },
    recordedMs: timeMs + HOUR_MS * random.uniform(),
    party: SHOPS[random.below(SHOPS.length)]!,
    items: 1,
    quantity: Math.round(40 * 2 ** (0.3 * random.normal())),
    before: {
      timeMs: timeMs - 2 * DAY_MS * 2 ** (0.3 * random.normal()),
      bizStep: 'packing',
      kilometres: null,
    },
  }));
}

/** What an auditor should see: far too much, in the night to a Monday, eleven days after it was packed. */
export function strange(event: CapturedEvent): CapturedEvent {
  const weekMs = Math.floor((event.timeMs - START_MS) / (7 * DAY_MS)) * 7 * DAY_MS;
  const timeMs = START_MS + weekMs + 6 * DAY_MS + 3 * HOUR_MS + 600_000;
  const before = { timeMs: timeMs - 11 * DAY_MS, bizStep: 'packing', kilometres: null };
  return { ...event, timeMs, recordedMs: timeMs, before, quantity: 4_000 };
}

/** The packing and the shipping of each, as they are sent. */
export function asSent(events: readonly CapturedEvent[], firstLot: number): EpcisEvent[] {
  return events.flatMap(({ timeMs, before, quantity, party }, at) => {
    const what = {
      ...{
        type: 'ObjectEvent',
        eventTimeZoneOffset: '+00:00',
        action: 'OBSERVE' as const,
        readPoint: { id: PLACE },
      },
      quantityList: [
        { epcClass: `urn:epc:class:lgtin:9521141.001234.L${firstLot + at}`, quantity: quantity! },
      ],
    };
    return [
      { ...what, eventTime: new Date(before!.timeMs).toISOString(), bizStep: 'packing' },
      {
        ...{ ...what, eventTime: new Date(timeMs).toISOString(), bizStep: 'shipping' },
        destinationList: [{ type: 'location', destination: party! }],
      },
    ];
  });
}
