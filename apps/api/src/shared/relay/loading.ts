import DataLoader from 'dataloader';

/** How the loaders of one request behave; a subscription outlives many states of the database and keeps nothing. */
export interface LoaderOptions {
  readonly cache: boolean;
}

/** A loader of at most one row a key; null where there is none. */
export function oneByKey<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  options: LoaderOptions,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  }, options);
}

/** A loader of the rows of a key, in the order they were read. */
export function manyByKey<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  options: LoaderOptions,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (keys) => {
    const rows = Map.groupBy(await read(keys), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  }, options);
}
