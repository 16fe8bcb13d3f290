import { addMonths, DAY_MS, dayOf, weekday } from '../calendar.js';
import { DemandModel } from '../demand.js';
import { createPrng } from '../prng.js';
import { simulate } from '../simulate.js';
import type { World } from '../world.js';
import { playConsignment } from './consignment.js';
import { layOutNetwork, MOST_REGIONS, type ItemNetwork } from './item-network.js';
import type { ItemWorld, ItemWorldOptions, PlantedFault, RecordedEvent } from './item-world.js';
import { RecordHeap } from './record-heap.js';

/** What a consignment comes to, on average; only sets how long a world of so many events lasts. */
const EVENTS_A_CONSIGNMENT = 95;
const DEFAULT_START = '2024-01-01';

/**
 * Builds a network in which every case has a serial number, from farm to customer, and makes a stream of its events
 * with faults planted at a chosen rate. Consignments follow the demand of a market world: trend, season, weekdays,
 * promotions, plant outages. The clean world too has missed reads, clocks that are minutes off, records that come days
 * late, rework, broken pallets, returns, closed ports and honest corrections.
 *
 * @throws RangeError for a number of events, a rate or a start outside its bounds
 * @example const world = simulateItems({ seed: 1, events: 10_000, faultRate: 0.3 });
 * for (const { event } of world.events()) ...
 * world.faults.length
 */
export function simulateItems(options: ItemWorldOptions): ItemWorld {
  const { seed, events, faultRate = 0, start = DEFAULT_START } = options;
  if (!Number.isInteger(events) || events < 100 || events > 100_000_000)
    throw new RangeError(`events: expected an integer from 100 to 100,000,000, found ${events}`);
  if (!(faultRate >= 0 && faultRate <= 1))
    throw new RangeError(`faultRate: expected a share from 0 to 1, found ${faultRate}`);
  const days = Math.round(Math.min(720, 60 + 12 * Math.sqrt(events / EVENTS_A_CONSIGNMENT)));
  const firstDay = dayOf(start);
  const regions = Math.max(3, Math.min(MOST_REGIONS, Math.round(2 + Math.sqrt(events / 8_000))));
  const market = simulate({ seed, start, months: Math.min(240, Math.ceil(days / 28) + 1) });
  const network = layOutNetwork(seed, regions, firstDay * DAY_MS, addMonths(firstDay, 60) * DAY_MS);
  const faults: PlantedFault[] = [];
  const settings = { seed, events, faultRate, start };
  const perDay = events / EVENTS_A_CONSIGNMENT / days;
  const { parties, sites, products, closures } = network;
  return {
    ...{ options: settings, parties, sites, products, closures, faults },
    events: () => {
      faults.length = 0;
      return play(settings, network, market, firstDay, perDay, faults);
    },
  };
}

/** Consignments begin day by day; an event is given once nothing earlier can come any more. */
function* play(
  { seed, events, faultRate }: Required<ItemWorldOptions>,
  network: ItemNetwork,
  market: World,
  firstDay: number,
  perDay: number,
  faults: PlantedFault[],
): Generator<RecordedEvent, void> {
  const prng = createPrng(seed, 'items');
  const demand = new DemandModel(market);
  const heap = new RecordHeap<RecordedEvent>();
  let number = 0;
  const nextNumber = (): number => (number += 1);
  let given = 0;
  for (let day = firstDay; given < events; day += 1) {
    for (const [index, product] of network.products.entries()) {
      const share = perDay / network.products.length;
      const starts = prng.poisson(share * pressure(demand, market, index, day));
      for (let begun = 0; begun < starts; begun += 1) {
        const at = day * DAY_MS + prng.integer(4 * 60, 14 * 60) * 60_000;
        const own = createPrng(seed, `consignment:${nextNumber()}`);
        const { records, fault } = playConsignment(
          network,
          product,
          at,
          own,
          nextNumber,
          own.chance(faultRate),
        );
        for (const record of records) heap.push(record);
        if (fault) faults.push(fault);
      }
    }
    while (given < events && (heap.peek()?.recordedAt ?? Infinity) < (day + 1) * DAY_MS) {
      yield heap.pop() as RecordedEvent;
      given += 1;
    }
  }
}

/** How much is wanted of a product on a day, 1 on average: trend, season, weekday, promotion, outage of its plant. */
function pressure(demand: DemandModel, market: World, index: number, day: number): number {
  const product = market.products[index % market.products.length]!;
  const down = market.outages.some(
    ({ site, from, to }) => site === product.plant && dayOf(from) <= day && day < dayOf(to),
  );
  if (down) return 0;
  const usual = product.demand.unitsPerDay * product.demand.occurrence;
  const retailer = market.partners.findIndex(({ role }) => role === 'retailer');
  const uplift = demand.promotionOn(retailer, index % market.products.length, day)?.uplift ?? 1;
  return (demand.level(product, day) / usual) * (product.demand.weekly[weekday(day)] ?? 1) * uplift;
}
