import { percent } from './numbers.js';

/**
 * How a model's errors compare with those of the seasonal naive; nothing where none could be compared.
 *
 * @param relativeMase MASE over that of the seasonal naive
 * @example besideNaive(0.87) // '13.0% smaller errors than the seasonal naive'
 */
export function besideNaive(relativeMase: number | null): string | undefined {
  if (relativeMase === null) return undefined;
  const difference = percent(Math.abs(1 - relativeMase));
  if (difference === percent(0)) return 'errors as large as the seasonal naive’s';
  return `${difference} ${relativeMase < 1 ? 'smaller' : 'larger'} errors than the seasonal naive`;
}
