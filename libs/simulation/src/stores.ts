import { isoDate } from './calendar.js';
import { FIRST_STORE } from './network.js';
import { atMinute, localMinute, stockOf, type State } from './state.js';

/** The minute of the day, by the clock of the store, at which the sales of a day are booked. */
const CLOSING_MINUTE = 1_200;

/** Every store sells every product for a day, as far as it is there; what was missing is noted. */
export function runStores(state: State): void {
  for (let store = FIRST_STORE; store < state.world.sites.length; store += 1) {
    const traffic = state.demand.drawTraffic(store);
    for (let product = 0; product < state.world.products.length; product += 1)
      sell(state, store, product, traffic);
  }
}

/** Stock-outs that have not ended are closed with the last day of sale. */
export function closeStockOuts(state: State): void {
  for (const key of [...state.openStockOuts.keys()]) closeStockOut(state, key);
}

function sell(state: State, store: number, product: number, traffic: number): void {
  const wanted = state.demand.draw(store, product, state.day, traffic);
  const stock = stockOf(state, store, product);
  const contents = stock.take(wanted);
  const sold = contents.reduce((sum, { quantity }) => sum + quantity, 0);
  noteStockOut(state, store, product, wanted - sold, stock.onHand);
  if (sold === 0) return;
  const { priceCents } = state.world.products[product] as State['world']['products'][number];
  const promotion = state.demand.promotionOn(state.world.sites[store]?.partner ?? 0, product, state.day);
  const price = promotion ? Math.round((priceCents * (100 - promotion.discountPercent)) / 100) : priceCents;
  state.flows.push({
    kind: 'sell',
    at: atMinute(state, product, localMinute(state, store, CLOSING_MINUTE)),
    site: store,
    contents,
    priceCents: price,
    ...(promotion ? { promotion: promotion.id } : {}),
  });
}

function noteStockOut(state: State, site: number, product: number, lost: number, onHand: number): void {
  const key = `${site}:${product}`;
  const open = state.openStockOuts.get(key);
  if (open && onHand > 0) closeStockOut(state, key);
  else if (open) open.lostUnits += lost;
  else if (lost > 0) state.openStockOuts.set(key, { site, product, from: state.day, lostUnits: lost });
}

function closeStockOut(state: State, key: string): void {
  const open = state.openStockOuts.get(key);
  if (!open) return;
  state.openStockOuts.delete(key);
  state.stockOuts.push({ ...open, from: isoDate(open.from), to: isoDate(state.day) });
}
