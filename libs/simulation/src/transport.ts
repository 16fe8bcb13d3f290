import { isoDate } from './calendar.js';
import type { Shipment, Temperatures } from './flow.js';
import { HUB } from './network.js';
import { addPending, atMinute, localMinute, sendOff, stockOf, type State } from './state.js';

const HUB_MINUTE = { receive: 480, ship: 1_020 } as const;
const WAREHOUSE_MINUTE = { receive: 420, inspect: 450, unpack: 480 } as const;
/** By the clock of the store. */
const STORE_MINUTE = { receive: 360, unpack: 390 } as const;

const INSPECTION_RATE = 0.1;
/** Share of loads from the hub that come late, and by how many days at most. */
const LATE_RATE = 0.08;
const LATE_DAYS = 3;
const EXCURSION_RATE = 0.005;

/** Unloads what arrives today: the hub passes it on, warehouses and stores unpack it into stock. */
export function runArrivals(state: State): void {
  const today = state.arrivals.get(state.day) ?? [];
  state.arrivals.delete(state.day);
  for (const shipment of today) {
    if (shipment.onward !== undefined) passOn(state, shipment, shipment.onward);
    else if (state.world.sites[shipment.to]?.kind === 'warehouse') arriveAtWarehouse(state, shipment);
    else arriveAtStore(state, shipment);
  }
}

/** Loads for one warehouse from different plants meet in the hub, so the plant makes the second. */
function passOn(state: State, shipment: Shipment, to: number): void {
  const { onward: _, ...rest } = shipment;
  const leg: Shipment = { ...rest, from: HUB, to };
  const second = shipment.from * 10 + to;
  state.flows.push({ kind: 'receive', at: atMinute(state, second, HUB_MINUTE.receive), site: HUB, shipment });
  state.flows.push({ kind: 'ship', at: atMinute(state, second, HUB_MINUTE.ship), site: HUB, shipment: leg });
  const late = state.transport.chance(LATE_RATE) ? state.transport.integer(1, LATE_DAYS) : 0;
  sendOff(state, leg, 1 + late);
}

function arriveAtWarehouse(state: State, shipment: Shipment): void {
  const { to: site } = shipment;
  // Several loads may arrive on one morning; their order numbers keep the seconds apart.
  const second = shipment.order % 600;
  receive(state, shipment, atMinute(state, second, WAREHOUSE_MINUTE.receive));
  if (state.transport.chance(INSPECTION_RATE)) {
    state.flows.push({
      kind: 'inspect',
      at: atMinute(state, second, WAREHOUSE_MINUTE.inspect),
      site,
      shipment,
    });
  }
  unpack(state, shipment, atMinute(state, second, WAREHOUSE_MINUTE.unpack));
}

function arriveAtStore(state: State, shipment: Shipment): void {
  const { to } = shipment;
  receive(state, shipment, atMinute(state, to, localMinute(state, to, STORE_MINUTE.receive)));
  unpack(state, shipment, atMinute(state, to, localMinute(state, to, STORE_MINUTE.unpack)));
}

function receive(state: State, shipment: Shipment, at: number): void {
  const celsius = logger(state, shipment);
  state.flows.push({ kind: 'receive', at, site: shipment.to, shipment, ...(celsius ? { celsius } : {}) });
}

function unpack(state: State, shipment: Shipment, at: number): void {
  state.flows.push({ kind: 'unpack', at, site: shipment.to, shipment });
  for (const content of shipment.contents) {
    stockOf(state, shipment.to, content.lot.product).add(content);
    addPending(state, shipment.to, content.lot.product, -content.quantity);
  }
}

/** What the logger of a load with chilled goods has seen in the last twelve hours. */
function logger(state: State, { contents, sscc, to }: Shipment): Temperatures | undefined {
  if (!contents.some(({ lot }) => state.world.products[lot.product]?.chilled)) return undefined;
  const mean = 4.2 + 0.5 * state.transport.normal();
  const excursion = state.transport.chance(EXCURSION_RATE);
  const max = excursion
    ? 9 + 5 * state.transport.float()
    : Math.min(7.9, mean + 0.5 + state.transport.float());
  const min = Math.max(2, mean - 0.5 - state.transport.float());
  const rounded = { min: round1(min), mean: round1(Math.min(mean, max)), max: round1(max) };
  if (excursion) state.excursions.push({ sscc, site: to, date: isoDate(state.day), max: rounded.max });
  return rounded;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
