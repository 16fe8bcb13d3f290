import type { Fact } from './fact.js';
import type { Reference } from './reference.js';

/** UN/CEFACT Recommendation 20, in kilograms. */
const KILOGRAMS: Readonly<Record<string, number>> = { KGM: 1, GRM: 0.001, TNE: 1_000, LBR: 0.45359237, ONZ: 0.028349523 };

const CLASS_OF_ITEM = /^https:\/\/id\.gs1\.org\/01\/\d{14}/;

/** Kilograms that a transformation takes or gives; undefined when the weight of anything in it is unknown. */
export function kilogramsOf(
  fact: Fact,
  side: 'INPUT' | 'OUTPUT',
  reference: Reference,
): number | undefined {
  const items = side === 'INPUT' ? fact.inputs : fact.outputs;
  let sum = 0;
  for (const { uri, quantity, uom } of fact.amounts[side]) {
    const each = uom === undefined ? weightOf(uri, reference) : KILOGRAMS[uom];
    if (each === undefined || quantity === undefined) return undefined;
    sum += quantity * each;
  }
  for (const uri of items) {
    const each = weightOf(uri, reference);
    if (each === undefined) return undefined;
    sum += each;
  }
  return sum;
}

/** Kilograms out for each kilogram in; undefined where either cannot be told. */
export function yieldOf(fact: Fact, reference: Reference): number | undefined {
  const taken = kilogramsOf(fact, 'INPUT', reference);
  const given = kilogramsOf(fact, 'OUTPUT', reference);
  return taken === undefined || given === undefined || taken === 0 || given === 0 ? undefined : given / taken;
}

function weightOf(uri: string, reference: Reference): number | undefined {
  const content = reference.netContent(CLASS_OF_ITEM.exec(uri)?.[0] ?? uri);
  const unit = content && KILOGRAMS[content.uom];
  return content && unit !== undefined ? content.value * unit : undefined;
}
