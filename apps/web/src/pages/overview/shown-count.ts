import { count } from '../../format/numbers.js';
import type { Connection } from '../../network/types.js';

/** How many rows a first page has, with a plus where more follow. */
export function shownCount(connection: Connection<unknown>): string {
  return `${count(connection.edges.length)}${connection.pageInfo.hasNextPage ? '+' : ''}`;
}
