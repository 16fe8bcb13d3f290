import type { Known, Queryable } from './as-of.js';
import { readEdges } from './neighbour.repository.js';

/** Something inside a logistic unit at a time. */
export interface PackedItem {
  readonly uri: string;
  readonly quantity: number | null;
  readonly uom: string | null;
}

const MAX_NESTING = 6;
const MAX_CONTENTS = 2_000;

/** A unit at the time of an event. */
export interface UnitAt {
  readonly uri: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What units held at a time, down to what is no unit; the answer is in the order asked. */
export async function contentsAt(
  manager: Queryable,
  units: readonly UnitAt[],
  known: Known,
): Promise<PackedItem[][]> {
  const found: PackedItem[][] = units.map(() => []);
  let level = units.map(({ uri, at }, owner) => ({ reach: { uri, from: at, to: at }, owner }));
  for (let depth = 0; depth < MAX_NESTING && level.length > 0; depth++) {
    const edges = await readEdges(
      manager,
      level.map(({ reach }) => reach),
      { side: 'target', kinds: ['AGGREGATION'] },
      known,
      MAX_CONTENTS,
    );
    const next: typeof level = [];
    for (const { index, source, quantity, uom } of edges) {
      const { owner, reach } = level[index]!;
      if (source.startsWith(GOODS)) found[owner]!.push({ uri: source, quantity, uom });
      else next.push({ reach: { ...reach, uri: source }, owner });
    }
    level = next;
  }
  return found;
}

const GOODS = 'https://id.gs1.org/01/';
