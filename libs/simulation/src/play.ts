import type { Flow, StockOut } from './flow.js';
import { runPlants } from './plants.js';
import { placeOrders, runWarehouses } from './replenishment.js';
import { initialState, type Excursion, type State } from './state.js';
import { closeStockOuts, runStores } from './stores.js';
import { runArrivals } from './transport.js';
import type { Outage, Promotion, World } from './world.js';

/** Days before the first day of sale in which opening stock is made. */
const WARM_UP_DAYS = 12;
/** Stores begin to order this many days before they open. */
const STORE_WARM_UP_DAYS = 5;

/** What really happened in a world, to judge forecasts and detectors by; nothing of it but prices is in the events. */
export interface GroundTruth {
  readonly promotions: readonly Promotion[];
  readonly outages: readonly Outage[];
  readonly stockOuts: readonly StockOut[];
  readonly excursions: readonly Excursion[];
}

/** Plays a world and gives the flows of each day in the order of time. */
export function* play(world: World): Generator<readonly Flow[], GroundTruth> {
  const state = initialState(world, world.firstDay - WARM_UP_DAYS);
  for (; state.day < world.endDay; state.day += 1) yield playDay(state);
  closeStockOuts(state);
  const { promotions, outages } = world;
  return { promotions, outages, stockOuts: state.stockOuts, excursions: state.excursions };
}

/**
 * Plays a world to its end without building events and gives what happened.
 *
 * @example groundTruth(simulate({ seed: 1, start: '2023-01-01', months: 6 })).stockOuts.length
 */
export function groundTruth(world: World): GroundTruth {
  const days = play(world);
  for (;;) {
    const step = days.next();
    if (step.done) return step.value;
  }
}

/** Goods move through the day in the order of the clock: what arrives in the morning may leave or be sold today. */
function playDay(state: State): readonly Flow[] {
  state.flows = [];
  runArrivals(state);
  runPlants(state);
  runWarehouses(state);
  if (state.day >= state.world.firstDay) runStores(state);
  placeOrders(state, state.world.firstDay - WARM_UP_DAYS, state.world.firstDay - STORE_WARM_UP_DAYS);
  return state.flows.sort((a, b) => a.at - b.at);
}
