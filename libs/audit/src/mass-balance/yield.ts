import { AuditError } from '../audit.errors.js';
import { ROUNDING } from './balance.js';
import { amountOf, type NetContent } from './units.js';

/** Least and greatest output for one unit of input, in the same dimension. */
export interface YieldBounds {
  readonly min: number;
  readonly max: number;
}

/** Nothing is made of nothing: no more comes out than went in, and all of it may be lost. */
export const CONSERVATION: YieldBounds = { min: 0, max: 1 };

/**
 * Bounds of a transformation with several products. How its input was divided among them is not said, so what came out of
 * all of it lies between the least and the greatest that any of them allows.
 *
 * @param each bounds of every product that came out; undefined for one of which nothing is known
 * @returns {@link CONSERVATION} where there is no product
 */
export function jointBounds(each: readonly (YieldBounds | undefined)[]): YieldBounds {
  const known = each.map((bounds) => bounds ?? CONSERVATION);
  if (known.length === 0) return CONSERVATION;
  return { min: Math.min(...known.map(({ min }) => min)), max: Math.max(...known.map(({ max }) => max)) };
}

/** A quantity as an event gives it. */
export interface Measured {
  readonly quantity: number;
  /** UN/ECE Recommendation 20 code; pieces when absent. */
  readonly uom?: string | null;
  readonly netContent?: NetContent | undefined;
}

/** What a transformation made of what, unit by unit. */
export interface Yield {
  readonly unit: string;
  readonly input: number;
  readonly output: number;
  /** output / input. */
  readonly yield: number;
  /** How much more came out than the bounds allow; zero within them. */
  readonly excess: number;
  /** How much less came out than the bounds ask for; zero within them. */
  readonly loss: number;
}

/**
 * Compares what went in with what came out, for each unit that stands on both sides: litres of milk say nothing of
 * kilograms of cheese, and are left out rather than guessed.
 *
 * @throws AuditError `BALANCE_INVALID` for bounds that are negative, not finite or the wrong way round
 * @example yieldsOf([{ quantity: 1, uom: 'TNE' }], [{ quantity: 1_100, uom: 'KGM' }])[0]?.excess // 100
 */
export function yieldsOf(
  inputs: readonly Measured[],
  outputs: readonly Measured[],
  bounds: YieldBounds = CONSERVATION,
): Yield[] {
  if (!(bounds.min >= 0 && bounds.min <= bounds.max && Number.isFinite(bounds.max)))
    throw new AuditError(
      'BALANCE_INVALID',
      `yield bounds ${bounds.min} to ${bounds.max}: expected 0 ≤ min ≤ max`,
    );
  const [into, out] = [sums(inputs), sums(outputs)];
  return [...into].flatMap(([unit, input]) => {
    const output = out.get(unit);
    if (output === undefined || input === 0) return [];
    const tolerance = ROUNDING * Math.max(input, output);
    const excess = output - input * bounds.max;
    const loss = input * bounds.min - output;
    return [
      {
        ...{ unit, input, output, yield: output / input },
        excess: excess > tolerance ? excess : 0,
        loss: loss > tolerance ? loss : 0,
      },
    ];
  });
}

function sums(measured: readonly Measured[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { quantity, uom, netContent } of measured) {
    const { value, unit } = amountOf(quantity, uom, netContent);
    totals.set(unit, (totals.get(unit) ?? 0) + value);
  }
  return totals;
}
