import { newUnit } from './production.js';
import { around, HOUR_MS, write, type Draft, type Script } from './script.js';
import { incidentReport } from './texts.js';
import { travel } from './transport.js';

const DAMAGE_RATE = 0.04;
const UNSOLD_RATE = 0.05;
const RETURN_RATE = 0.04;
const RESOLD_RATE = 0.5;
/** Cases are sold this long after they were unpacked. */
const SHELF_MEDIAN_MS = 60 * HOUR_MS;

/** Sells the cases of a store; some are damaged, some come back, some go back to the warehouse. */
export function sellAtStore(
  script: Script,
  opened: number,
  store: number,
  warehouse: number,
  cases: readonly string[],
): void {
  const { prng } = script;
  const unsold: string[] = [];
  for (const item of cases) {
    const at = opened + around(prng, SHELF_MEDIAN_MS, 0.45);
    if (prng.chance(DAMAGE_RATE)) destroy(script, at, store, [item]);
    else if (prng.chance(UNSOLD_RATE)) unsold.push(item);
    else sell(script, at, store, item);
  }
  if (unsold.length > 0)
    sendBack(script, opened + around(prng, 2.5 * SHELF_MEDIAN_MS, 0.2), store, warehouse, unsold);
}

/** One case over the counter. */
export function sell(script: Script, at: number, store: number, item: string): Draft {
  const { prng } = script;
  const sale = saleOf(script, at, store, item);
  script.sales.set(item, sale);
  if (!prng.chance(RETURN_RATE)) return sale;
  const back = at + around(prng, 40 * HOUR_MS);
  write(script, back, store, {
    ...{
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'accepting',
      disposition: 'returned',
      epcList: [item],
    },
  });
  const then = back + around(prng, 20 * HOUR_MS);
  if (prng.chance(RESOLD_RATE)) script.sales.set(item, saleOf(script, then, store, item));
  else {
    script.sales.delete(item);
    destroy(script, then, store, [item]);
  }
  return sale;
}

/** A sale without what may follow it. */
export function saleOf(script: Script, at: number, store: number, item: string): Draft {
  return write(script, at, store, {
    ...{
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'retail_selling',
      disposition: 'retail_sold',
      epcList: [item],
    },
  });
}

/** The end of some cases. */
export function destroy(script: Script, at: number, site: number, items: readonly string[]): Draft {
  return write(script, at, site, {
    ...{
      type: 'ObjectEvent',
      action: 'DELETE',
      bizStep: 'destroying',
      disposition: 'destroyed',
      epcList: [...items],
    },
    'tally:incident': incidentReport(script.prng, script.product.name, items.length),
  });
}

function sendBack(
  script: Script,
  at: number,
  store: number,
  warehouse: number,
  cases: readonly string[],
): void {
  const { prng } = script;
  const sscc = newUnit(script, store);
  const body = { type: 'AggregationEvent', parentID: sscc, disposition: 'in_progress' };
  write(script, at, store, { ...body, childEPCs: [...cases], action: 'ADD', bizStep: 'packing' });
  const { receivedAt } = travel(script, at + around(prng, 3 * HOUR_MS), store, warehouse, [sscc]);
  const opened = receivedAt + around(prng, 2 * HOUR_MS);
  write(script, opened, warehouse, {
    ...body,
    childEPCs: [...cases],
    action: 'DELETE',
    bizStep: 'unpacking',
  });
  destroy(script, opened + around(prng, 10 * HOUR_MS), warehouse, cases);
}
