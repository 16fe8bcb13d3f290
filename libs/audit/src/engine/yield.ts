import { BASE_UNIT, yieldsOf, type Measured, type Yield, type YieldBounds } from '../mass-balance/index.js';
import type { Fact } from './fact.js';
import type { Reference } from './reference.js';

const CLASS_OF_ITEM = /^https:\/\/id\.gs1\.org\/01\/\d{14}/;

/**
 * The yield of a transformation by weight; undefined when the weight of anything in it is unknown, since a yield of
 * a part is none.
 */
export function yieldByWeight(fact: Fact, bounds: YieldBounds, reference: Reference): Yield | undefined {
  const yields = yieldsOf(measured(fact, 'INPUT', reference), measured(fact, 'OUTPUT', reference), bounds);
  const [only] = yields;
  return yields.length === 1 && only?.unit === BASE_UNIT.MASS && isWeighed(fact, reference)
    ? only
    : undefined;
}

function measured(fact: Fact, side: 'INPUT' | 'OUTPUT', reference: Reference): Measured[] {
  const items = side === 'INPUT' ? fact.inputs : fact.outputs;
  const lots = fact.amounts[side].map(({ uri, quantity = 0, uom }) => ({
    quantity,
    uom,
    netContent: contentOf(uri, reference),
  }));
  return [...lots, ...items.map((uri) => ({ quantity: 1, netContent: contentOf(uri, reference) }))];
}

function isWeighed(fact: Fact, reference: Reference): boolean {
  const known = (uri: string): boolean => contentOf(uri, reference) !== undefined;
  const lots = [...fact.amounts.INPUT, ...fact.amounts.OUTPUT];
  return (
    lots.every(({ uri, quantity, uom }) => quantity !== undefined && (uom !== undefined || known(uri))) &&
    [...fact.inputs, ...fact.outputs].every(known)
  );
}

function contentOf(uri: string, reference: Reference): Measured['netContent'] {
  return reference.netContent(CLASS_OF_ITEM.exec(uri)?.[0] ?? uri);
}
