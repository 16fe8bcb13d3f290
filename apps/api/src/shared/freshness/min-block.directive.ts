import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLNonNull } from 'graphql';

/** How long a query waits when it does not say, and at most; milliseconds. */
export const DEFAULT_WAIT_MS = 10_000;
export const LONGEST_WAIT_MS = 30_000;

/** Lets a reader see what it wrote: the block of its transaction is given, and nothing older is answered. */
export const minBlockDirective = new GraphQLDirective({
  name: 'minBlock',
  description:
    'The query is answered once the index holds this block, or fails with INDEX_BEHIND. Give the block of your transaction to read your own write.',
  locations: [DirectiveLocation.QUERY],
  args: {
    number: { type: new GraphQLNonNull(GraphQLInt) },
    timeoutMs: {
      type: GraphQLInt,
      defaultValue: DEFAULT_WAIT_MS,
      description: `How long to wait, 0 to ${LONGEST_WAIT_MS}.`,
    },
  },
});
