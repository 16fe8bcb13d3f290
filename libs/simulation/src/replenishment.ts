import { weekday } from './calendar.js';
import { groupBy } from './group.js';
import { FIRST_STORE, WAREHOUSES, warehouseOf } from './network.js';
import { PRODUCTION_DAYS } from './plants.js';
import { addPending, atMinute, newShipment, pendingOf, sendOff, stockOf, type State } from './state.js';
import type { Content } from './stock.js';
import type { Product } from './world.js';

const MINUTE = { pack: 690, ship: 840 } as const;
const STORE_REVIEW_DAYS = 3;
const STORE_COVER_DAYS = 7;
const WAREHOUSE_REVIEW_DAYS = 7;
const WAREHOUSE_COVER_DAYS = 18;
/** Planners foresee this share of the extra demand of a promotion. */
const FORESEEN_UPLIFT = 0.5;
/** Standard deviations of Poisson demand kept as safety stock. */
const SAFETY = 1.2;

/** Warehouses pack what stores ordered yesterday, as far as it is there, and ship it for tomorrow morning. */
export function runWarehouses(state: State): void {
  const orders = state.storeOrders;
  state.storeOrders = [];
  for (const [store, wanted] of groupBy(orders, ({ to }) => to)) {
    const contents: Content[] = [];
    for (const { product, quantity } of wanted) {
      const taken = stockOf(state, warehouseOf(store), product).take(quantity);
      const found = taken.reduce((sum, part) => sum + part.quantity, 0);
      addPending(state, store, product, found - quantity);
      contents.push(...taken);
    }
    if (contents.length > 0) shipToStore(state, store, contents);
  }
}

/**
 * In the evening stores and warehouses that review their stock today order up to their target. On the evening of
 * `opening` every warehouse orders everything; stores begin on the day `firstStoreReview`.
 */
export function placeOrders(state: State, opening: number, firstStoreReview: number): void {
  state.world.products.forEach((product, index) => {
    const level = state.demand.level(product, state.day);
    if (state.day >= firstStoreReview) reviewStores(state, product, index, level);
    for (const warehouse of WAREHOUSES) {
      if (state.day === opening || reviewsToday(state, product, warehouse)) {
        reviewWarehouse(state, product, index, warehouse, level);
      }
    }
  });
}

function shipToStore(state: State, store: number, contents: readonly Content[]): void {
  const warehouse = warehouseOf(store);
  const shipment = newShipment(state, warehouse, store, contents);
  state.flows.push({ kind: 'pack', at: atMinute(state, store, MINUTE.pack), site: warehouse, shipment });
  state.flows.push({ kind: 'ship', at: atMinute(state, store, MINUTE.ship), site: warehouse, shipment });
  sendOff(state, shipment, 1);
}

function reviewStores(state: State, product: Product, index: number, level: number): void {
  for (let store = FIRST_STORE; store < state.world.sites.length; store += 1) {
    if ((state.day + store) % STORE_REVIEW_DAYS !== 0) continue;
    const expected = expectedSales(state, product, index, store, level);
    const quantity = shortage(state, product, index, store, expected);
    if (quantity === 0) continue;
    addPending(state, store, index, quantity);
    state.storeOrders.push({ to: store, product: index, quantity, due: state.day + 1 });
  }
}

/** A warehouse orders from each plant once a week. */
function reviewsToday(state: State, { plant }: Product, warehouse: number): boolean {
  return (state.day + 2 * plant + warehouse) % WAREHOUSE_REVIEW_DAYS === 0;
}

function reviewWarehouse(
  state: State,
  product: Product,
  index: number,
  warehouse: number,
  level: number,
): void {
  let size = 0;
  for (let store = FIRST_STORE; store < state.world.sites.length; store += 1) {
    if (warehouseOf(store) === warehouse) size += state.world.storeSize[store] ?? 0;
  }
  const quantity = shortage(state, product, index, warehouse, level * size * WAREHOUSE_COVER_DAYS);
  if (quantity === 0) return;
  addPending(state, warehouse, index, quantity);
  state.plantOrders.push({ to: warehouse, product: index, quantity, due: state.day + PRODUCTION_DAYS });
}

/** What a store should sell until the order after this one arrives. */
function expectedSales(state: State, product: Product, index: number, store: number, level: number): number {
  const retailer = state.world.sites[store]?.partner ?? 0;
  let factors = 0;
  for (let day = state.day + 1; day <= state.day + STORE_COVER_DAYS; day += 1) {
    const uplift = state.demand.promotionOn(retailer, index, day)?.uplift ?? 1;
    factors += (product.demand.weekly[weekday(day)] ?? 1) * (1 + FORESEEN_UPLIFT * (uplift - 1));
  }
  return level * factors * (state.world.storeSize[store] ?? 0);
}

/** Whole cases that bring stock and open orders up to expected sales and safety stock. */
function shortage(
  state: State,
  { caseSize }: Product,
  index: number,
  site: number,
  expected: number,
): number {
  if (expected === 0) return 0;
  const target = expected + SAFETY * Math.sqrt(expected);
  const missing = target - stockOf(state, site, index).onHand - pendingOf(state, site, index);
  return missing <= 0 ? 0 : Math.ceil(missing / caseSize) * caseSize;
}
