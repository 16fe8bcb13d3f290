import type { EpcisEvent } from '@tallyhouse/epcis';
import { EventWriter } from './event-writer.js';
import { play } from './play.js';
import type { World } from './world.js';

/** An event and the index in `World.partners` of the company that reports it: the owner of the site. */
export interface SimulatedEvent {
  readonly partner: number;
  readonly event: EpcisEvent;
}

/**
 * Plays a world and gives its EPCIS 2.0 events in the order of `eventTime`. They begin up to twelve days before the
 * first day of sale, with the opening stock. The same options give the same events, byte for byte, on one version of
 * the JavaScript engine: logarithm, exponential and cosine are not fixed to the last bit by the language.
 *
 * Each retail sale is one event a day, store and product: `quantityList` names the units sold of each lot. A day
 * without sales has no event. Shipping and receiving name the logistic unit and its contents.
 *
 * @example for (const { partner, event } of events(simulate({ seed: 1, start: '2023-01-01', months: 1 }))) ...
 */
export function* events(world: World): Generator<SimulatedEvent, void> {
  const writer = new EventWriter(world);
  for (const flows of play(world)) {
    for (const flow of flows) {
      yield { partner: world.sites[flow.site]?.partner ?? 0, event: writer.write(flow) };
    }
  }
}
