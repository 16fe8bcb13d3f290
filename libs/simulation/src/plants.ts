import { lgtin } from '@tallyhouse/epcis';
import { dayOf, isoDate } from './calendar.js';
import { groupBy } from './group.js';
import { HUB } from './network.js';
import { atMinute, newShipment, sendOff, type Order, type State } from './state.js';
import type { Content, Lot } from './stock.js';

/** Days from an order to the day of production. */
export const PRODUCTION_DAYS = 2;
const MINUTE = { bulk: 240, make: 300, pack: 660, ship: 960 } as const;
/** Kilograms of bulk good in a unit that is packed from it. */
const KILOGRAMS_A_UNIT = 0.25;

/** Plants that are not down make every order due, one lot for each product, and ship it to the hub. */
export function runPlants(state: State): void {
  const down = plantsDown(state);
  const isDue = (order: Order): boolean => order.due <= state.day && !down.has(plantOf(state, order));
  const due = state.plantOrders.filter(isDue);
  if (due.length === 0) return;
  state.plantOrders = state.plantOrders.filter((order) => !isDue(order));
  const loads = new Map<string, { plant: number; to: number; contents: Content[] }>();
  for (const [product, orders] of groupBy(due, (order) => order.product)) {
    const lot = makeLot(
      state,
      product,
      orders.reduce((sum, { quantity }) => sum + quantity, 0),
    );
    for (const { to, quantity } of orders) {
      const plant = state.world.products[product]?.plant ?? 0;
      const load = loads.get(`${plant}:${to}`) ?? { plant, to, contents: [] };
      load.contents.push({ lot, quantity });
      loads.set(`${plant}:${to}`, load);
    }
  }
  for (const { plant, to, contents } of loads.values()) sendToHub(state, plant, to, contents);
}

function plantsDown(state: State): Set<number> {
  const running = state.world.outages.filter(
    ({ from, to }) => dayOf(from) <= state.day && state.day < dayOf(to),
  );
  return new Set(running.map(({ site }) => site));
}

function plantOf(state: State, { product }: Order): number {
  return state.world.products[product]?.plant ?? 0;
}

function makeLot(state: State, product: number, quantity: number): Lot {
  const { plant, gtin, bulkGtin } = state.world.products[product] as State['world']['products'][number];
  const number = `L${isoDate(state.day).replaceAll('-', '').slice(2)}`;
  const bulk = bulkGtin === undefined ? {} : { bulkUri: lgtin(bulkGtin, number) };
  const lot: Lot = { product, number, uri: lgtin(gtin, number), madeOn: state.day, ...bulk };
  const at = atMinute(state, product, MINUTE.make);
  if (bulkGtin === undefined) {
    state.flows.push({ kind: 'make', at, site: plant, content: { lot, quantity } });
    return lot;
  }
  const kilograms = quantity * KILOGRAMS_A_UNIT;
  state.flows.push({
    kind: 'make-bulk',
    at: atMinute(state, product, MINUTE.bulk),
    site: plant,
    lot,
    kilograms,
  });
  state.flows.push({ kind: 'transform', at, site: plant, content: { lot, quantity }, kilograms });
  return lot;
}

function sendToHub(state: State, plant: number, onward: number, contents: readonly Content[]): void {
  const shipment = { ...newShipment(state, plant, HUB, contents), onward };
  state.flows.push({ kind: 'pack', at: atMinute(state, onward, MINUTE.pack), site: plant, shipment });
  state.flows.push({ kind: 'ship', at: atMinute(state, onward, MINUTE.ship), site: plant, shipment });
  sendOff(state, shipment, 1);
}
