import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './graphql-client.js';
import type { Connection } from './types.js';

type Variables = Record<string, unknown>;

interface ReadOptions {
  /** Reads again after this long while the page is open. */
  everyMs?: number;
  enabled?: boolean;
}

/** One document with its variables; the first word of the key lets a push from the server refresh by topic. */
export function useRead<T>(
  topic: string,
  query: string,
  variables: Variables = {},
  options: ReadOptions = {},
) {
  return useQuery({
    queryKey: [topic, query, variables],
    queryFn: ({ signal }) => read<T>(query, variables, signal),
    refetchInterval: options.everyMs ?? false,
    enabled: options.enabled ?? true,
  });
}

/** A Relay connection read page after page; `pick` finds it in the answer. */
export function usePages<T, A>(
  topic: string,
  query: string,
  variables: Variables,
  pick: (answer: A) => Connection<T>,
  options: ReadOptions = {},
) {
  const pages = useInfiniteQuery({
    queryKey: [topic, query, variables, 'pages'],
    queryFn: async ({ pageParam, signal }) =>
      pick(await read<A>(query, { ...variables, after: pageParam }, signal)),
    refetchInterval: options.everyMs ?? false,
    initialPageParam: null as string | null,
    getNextPageParam: (last: Connection<T>) =>
      last.pageInfo.hasNextPage ? last.pageInfo.endCursor : undefined,
  });
  return { ...pages, rows: pages.data?.pages.flatMap((page) => page.edges.map((edge) => edge.node)) };
}

/** All rows of a Relay connection, as many as `most`, for a file; whether there are more than that. */
export async function everyPage<T, A>(
  query: string,
  variables: Variables,
  pick: (answer: A) => Connection<T>,
  most: number,
): Promise<{ rows: T[]; isCut: boolean }> {
  const rows: T[] = [];
  let after: string | null = null;
  do {
    const page: Connection<T> = pick(await read<A>(query, { ...variables, after }));
    rows.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && rows.length < most);
  return { rows, isCut: after !== null };
}
