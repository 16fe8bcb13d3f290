import type { Known, Queryable } from '../../trace/as-of.js';
import { readEdges, type Reach } from '../../trace/neighbour.repository.js';

const MAX_CONTENTS = 2_000;

/** The lot of each serial that has one, and the event that says so. */
export async function lotsOfSerials(
  manager: Queryable,
  serials: readonly string[],
  known: Known,
): Promise<Map<string, { readonly lot: string; readonly eventId: string }>> {
  const ever = { from: -Infinity, to: Infinity };
  const edges = await readEdges(
    manager,
    serials.map((uri) => ({ uri, ...ever })),
    { side: 'target', kinds: ['LOT'] },
    known,
    1,
  );
  return new Map(edges.map(({ target, source, eventId }) => [target, { lot: source, eventId }]));
}

/** Where a lot went to, and when it came where. */
export interface LotMoves {
  /** In order of time. */
  readonly sent: readonly { readonly to: string; readonly at: Date }[];
  readonly came: readonly { readonly site: string; readonly at: Date }[];
}

/** Moves of lots by themselves and in the units that held them. */
export async function movesOfLots(
  manager: Queryable,
  lots: readonly string[],
  known: Known,
): Promise<Map<string, LotMoves>> {
  const reaches: (Reach & { lot: string })[] = lots.map((uri) => {
    return { lot: uri, uri, from: -Infinity, to: Infinity };
  });
  const up = { side: 'source', kinds: ['AGGREGATION'] } as const;
  for (const { index, target, validFrom, validTo } of await readEdges(
    manager,
    [...reaches],
    up,
    known,
    MAX_CONTENTS,
  )) {
    const to = validTo?.getTime() ?? Infinity;
    reaches.push({ lot: reaches[index]!.lot, uri: target, from: validFrom.getTime(), to });
  }
  const along = { side: 'source', kinds: ['DESTINATION', 'ARRIVAL'] } as const;
  const edges = await readEdges(manager, reaches, along, known, MAX_CONTENTS);
  const byTime = edges.toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime());
  return new Map(
    [...Map.groupBy(byTime, ({ index }) => reaches[index]!.lot)].map(([lot, moves]) => [
      lot,
      {
        sent: moves
          .filter(({ kind }) => kind === 'DESTINATION')
          .map(({ target, validFrom }) => ({ to: target, at: validFrom })),
        came: moves
          .filter(({ kind }) => kind === 'ARRIVAL')
          .map(({ target, validFrom }) => ({ site: target, at: validFrom })),
      },
    ]),
  );
}
