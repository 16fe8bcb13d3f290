/** What a quantity measures; amounts of different dimensions are never added. */
export type Dimension = 'MASS' | 'VOLUME' | 'LENGTH' | 'AREA' | 'COUNT';

/** The unit in which each dimension is kept: UN/ECE Recommendation 20 codes. */
export const BASE_UNIT = { MASS: 'KGM', VOLUME: 'LTR', LENGTH: 'MTR', AREA: 'MTK', COUNT: 'C62' } as const;

/**
 * UN/ECE Recommendation 20 codes as multiples of the base unit. Customary units are exact by the International Yard and
 * Pound Agreement of 1959; gallons, bushels and barrels by the laws that define them.
 */
const FACTORS: Readonly<Record<Dimension, Readonly<Record<string, number>>>> = {
  MASS: {
    ...{ KGM: 1, GRM: 1e-3, MGM: 1e-6, MC: 1e-9, HGM: 0.1, DTN: 100, TNE: 1_000, KTN: 1_000_000 },
    ...{ LBR: 0.45359237, ONZ: 0.028349523125, APZ: 0.0311034768, GRN: 0.00006479891 },
    ...{ CWA: 45.359237, CWI: 50.80234544, STN: 907.18474, LTN: 1_016.0469088, STI: 6.35029318 },
  },
  VOLUME: {
    ...{
      LTR: 1,
      MLT: 1e-3,
      CLT: 1e-2,
      DLT: 0.1,
      HLT: 100,
      MAL: 1e6,
      MTQ: 1_000,
      DMQ: 1,
      CMQ: 1e-3,
      MMQ: 1e-6,
    },
    ...{ '4G': 1e-6, GLL: 3.785411784, GLI: 4.54609, QT: 0.946352946, PT: 0.473176473, OZA: 0.0295735295625 },
    ...{ OZI: 0.0284130625, BLL: 158.987294928, BUA: 35.23907016688, BUI: 36.36872, FTQ: 28.316846592 },
    ...{ INQ: 0.016387064, YDQ: 764.554857984 },
  },
  LENGTH: {
    ...{ MTR: 1, KMT: 1_000, DMT: 0.1, CMT: 1e-2, MMT: 1e-3, '4H': 1e-6 },
    ...{ INH: 0.0254, FOT: 0.3048, YRD: 0.9144, SMI: 1_609.344, NMI: 1_852 },
  },
  AREA: {
    ...{ MTK: 1, CMK: 1e-4, DMK: 1e-2, MMK: 1e-6, HAR: 10_000, ARE: 100, KMK: 1e6 },
    ...{ FTK: 0.09290304, INK: 0.00064516, YDK: 0.83612736, ACR: 4_046.8564224 },
  },
  COUNT: { C62: 1, EA: 1, H87: 1, NMP: 1, NPR: 2, PR: 2, DZN: 12, GRO: 144, CEN: 100, MIL: 1_000 },
};

const KNOWN: ReadonlyMap<string, { readonly dimension: Dimension; readonly factor: number }> = new Map(
  (Object.keys(FACTORS) as Dimension[]).flatMap((dimension) =>
    Object.entries(FACTORS[dimension]).map(([code, factor]) => [code, { dimension, factor }] as const),
  ),
);

/** An amount in the unit in which it is summed. */
export interface BaseAmount {
  readonly value: number;
  /** A base unit, or the code as given when it is not one we know: such amounts add up only among themselves. */
  readonly unit: string;
}

/** What one piece of a product holds, so that pieces and weights can be compared. */
export interface NetContent {
  readonly quantity: number;
  /** UN/ECE Recommendation 20 code. */
  readonly uom: string;
}

/**
 * The amount in its dimension's base unit. Without a unit EPCIS counts pieces (EPCIS 2.0 §7.3.3.3), and pieces of a
 * product whose net content is known become that content.
 *
 * @param uom UN/ECE Recommendation 20 code; pieces when absent
 * @example amountOf(250, 'GRM') // { value: 0.25, unit: 'KGM' }
 * @example amountOf(12, undefined, { quantity: 0.5, uom: 'KGM' }) // { value: 6, unit: 'KGM' }
 */
export function amountOf(quantity: number, uom?: string | null, netContent?: NetContent): BaseAmount {
  const code = uom?.trim().toUpperCase() || 'C62';
  const known = KNOWN.get(code);
  if (!known) return { value: quantity, unit: code };
  if (known.dimension === 'COUNT' && netContent)
    return amountOf(quantity * known.factor * netContent.quantity, netContent.uom);
  return { value: quantity * known.factor, unit: BASE_UNIT[known.dimension] };
}

/** Whether the code is one whose dimension is known. */
export function isKnownUnit(uom: string): boolean {
  return KNOWN.has(uom.trim().toUpperCase());
}
