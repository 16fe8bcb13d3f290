import type { EpcisEvent } from '@tallyhouse/epcis';
import { inspectionNote } from './texts.js';
import { write, type Draft, type Script } from './script.js';

const INSPECTION_RATE = 0.25;

/** Someone may look at goods and write down what they saw. */
export function inspect(
  script: Script,
  at: number,
  site: number,
  goods: Pick<EpcisEvent, 'epcList' | 'quantityList'>,
): Draft | undefined {
  if (!script.prng.chance(INSPECTION_RATE)) return undefined;
  return inspectNow(script, at, site, goods);
}

/** An inspection with its note. */
export function inspectNow(
  script: Script,
  at: number,
  site: number,
  goods: Pick<EpcisEvent, 'epcList' | 'quantityList'>,
): Draft {
  const draft = write(script, at, site, {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', disposition: 'conformant' },
    ...goods,
    'tally:note': inspectionNote(script.prng, script.product.name),
  });
  script.inspections.push(draft);
  return draft;
}
