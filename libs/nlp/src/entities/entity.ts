export const ENTITY_TYPES = [
  'BEST_BEFORE',
  'DATE',
  'FIRM',
  'GLN',
  'GTIN',
  'LOT',
  'MADE',
  'PLACE',
  'PRODUCT',
  'QUANTITY',
  'RECEIVED',
  'SERIAL',
  'SITE',
  'SSCC',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** Something that a text names, where it stands and what it means. */
export interface Entity {
  readonly type: EntityType;
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The words as they stand there. */
  readonly surface: string;
  /**
   * The same thing written one way: dates ISO-8601 (`--05-18` without a year, `2015-08` without a day), identifiers as
   * digits (GTINs of 14), lots and serials in capitals, quantities as number and unit (`2574 LBR`, UN/ECE
   * Recommendation 20), names folded to lower case.
   */
  readonly value: string;
  /** From 0 to 1: how sure the rule is, by its cue and check digit; not a calibrated probability. */
  readonly confidence: number;
}

/** Entities of the higher rank keep their place; one that overlaps them is dropped. Result in order of the text. */
export function withoutOverlaps(ranked: readonly (readonly Entity[])[]): Entity[] {
  const kept: Entity[] = [];
  for (const entities of ranked) {
    for (const entity of entities) {
      if (kept.every(({ start, end }) => entity.end <= start || entity.start >= end)) kept.push(entity);
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}
