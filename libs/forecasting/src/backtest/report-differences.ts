/** A place at which two reports differ. */
export interface ReportDifference {
  /** Names on the way, with dots between. */
  readonly path: string;
  readonly stated: unknown;
  readonly found: unknown;
}

/**
 * Where a report that was made again differs from the one that was stated: figures by more than the tolerance, everything else
 * at all.
 *
 * @param tolerance of a figure x: at most tolerance × max(1, |x|)
 * @example reportDifferences({ mase: 1 }, { mase: 1.1 }, 1e-6) // [{ path: 'mase', stated: 1, found: 1.1 }]
 */
export function reportDifferences(
  stated: unknown,
  found: unknown,
  tolerance: number,
  path = '',
): ReportDifference[] {
  if (typeof stated === 'number' && typeof found === 'number')
    return Math.abs(stated - found) <= tolerance * Math.max(1, Math.abs(stated))
      ? []
      : [{ path, stated, found }];
  if (!isObject(stated) || !isObject(found)) return Object.is(stated, found) ? [] : [{ path, stated, found }];
  const names = [...new Set([...Object.keys(stated), ...Object.keys(found)])];
  return names.flatMap((name) =>
    reportDifferences(stated[name], found[name], tolerance, path === '' ? name : `${path}.${name}`),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
