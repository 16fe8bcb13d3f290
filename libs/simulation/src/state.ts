import { sscc } from '@tallyhouse/epcis';
import { DAY_MS } from './calendar.js';
import { DemandModel } from './demand.js';
import type { Flow, Shipment, StockOut } from './flow.js';
import { createPrng, type Prng } from './prng.js';
import { Stock, type Content } from './stock.js';
import type { World } from './world.js';

/** Units of a product that a site wants from the site upstream of it. */
export interface Order {
  readonly to: number;
  readonly product: number;
  readonly quantity: number;
  /** The first day on which it may leave. */
  readonly due: number;
}

/** A chilled load that was too warm on its way. */
export interface Excursion {
  /** Digital Link of the logistic unit. */
  readonly sscc: string;
  readonly site: number;
  readonly date: string;
  /** Degrees Celsius. */
  readonly max: number;
}

/** Everything that changes while a world is played. */
export interface State {
  readonly world: World;
  readonly demand: DemandModel;
  /** Random stream of transport: delays, inspections, temperatures. */
  readonly transport: Prng;
  day: number;
  /** What happened today, in no order. */
  flows: Flow[];
  readonly stock: Stock[][];
  /** Units ordered and not yet received, by site and product. */
  readonly pending: number[][];
  readonly arrivals: Map<number, Shipment[]>;
  plantOrders: Order[];
  storeOrders: Order[];
  readonly serials: number[];
  orders: number;
  readonly openStockOuts: Map<string, { site: number; product: number; from: number; lostUnits: number }>;
  readonly stockOuts: StockOut[];
  readonly excursions: Excursion[];
}

/** A network with empty shelves on the given day. */
export function initialState(world: World, day: number): State {
  return {
    world,
    demand: new DemandModel(world),
    transport: createPrng(world.options.seed, 'transport'),
    day,
    flows: [],
    stock: world.sites.map(() => world.products.map(() => new Stock())),
    pending: world.sites.map(() => world.products.map(() => 0)),
    arrivals: new Map(),
    plantOrders: [],
    storeOrders: [],
    serials: world.partners.map(() => 0),
    orders: 0,
    openStockOuts: new Map(),
    stockOuts: [],
    excursions: [],
  };
}

/** Unix milliseconds of a minute of today in UTC; every site has a second of its own. */
export function atMinute(state: State, site: number, minute: number): number {
  return state.day * DAY_MS + minute * 60_000 + (site % 600) * 1_000;
}

/** Minute of today in UTC at which the clock of a site shows the given minute. */
export function localMinute(state: State, site: number, minute: number): number {
  return minute - (state.world.sites[site]?.offsetMinutes ?? 0);
}

export function stockOf(state: State, site: number, product: number): Stock {
  return state.stock[site]?.[product] as Stock;
}

export function pendingOf(state: State, site: number, product: number): number {
  return state.pending[site]?.[product] ?? 0;
}

export function addPending(state: State, site: number, product: number, quantity: number): void {
  (state.pending[site] as number[])[product] = pendingOf(state, site, product) + quantity;
}

/** Packs contents into a new logistic unit, numbered by the company that packs. */
export function newShipment(state: State, from: number, to: number, contents: readonly Content[]): Shipment {
  const partner = state.world.sites[from]?.partner ?? 0;
  const serial = (state.serials[partner] ?? 0) + 1;
  state.serials[partner] = serial;
  state.orders += 1;
  const prefix = state.world.partners[partner]?.companyPrefix ?? '';
  return { sscc: sscc(prefix, String(serial).padStart(9, '0'), 3), from, to, contents, order: state.orders };
}

/** Lets a shipment arrive a number of days from today. */
export function sendOff(state: State, shipment: Shipment, days: number): void {
  const day = state.day + days;
  const list = state.arrivals.get(day) ?? [];
  state.arrivals.set(day, list);
  list.push(shipment);
}
