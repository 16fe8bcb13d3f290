import { getNamedType, getNullableType, GraphQLError, isListType, isObjectType } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { InputError, LimitError } from '../errors/api.errors.js';

export const MAX_COST = 5_000;
export const MAX_FIRST = 200;
const MAX_LAST = 2_000;
/** What a list without a bound of its own is taken to hold. */
const USUAL_LENGTH = 10;

/**
 * The cost of an operation: one for every object that it may return, lists taken at the length asked for; a field may
 * state a cost of its own (`complexity` in its decorator).
 *
 * @throws LimitError `QUERY_TOO_COSTLY` above {@link MAX_COST}
 * @throws GraphQLError `BAD_USER_INPUT` when a variable or an argument is not of its type
 * @throws InputError `PAGE_SIZE_INVALID` when a `first` or `last` is out of bounds
 */
export function assertAffordable(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown> | null | undefined,
): number {
  const cost = costed(() =>
    getComplexity({
      schema,
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? {},
      estimators: [costOf],
    }),
  );
  if (cost > MAX_COST) {
    throw new LimitError(
      'QUERY_TOO_COSTLY',
      `the operation costs ${cost}, the limit is ${MAX_COST}: ask for fewer rows or fewer nested lists`,
    );
  }
  return cost;
}

/** Variables are read here for the first time: what is wrong with them is the client's to mend, not our failure. */
function costed(count: () => number): number {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) throw error;
    throw new GraphQLError(error.message, {
      nodes: error.nodes,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}

function costOf({ args, childComplexity, field, type }: ComplexityEstimatorArgs): number {
  const named = getNamedType(field.type);
  if (!isObjectType(named) || named.name.startsWith('__') || type.name.startsWith('__'))
    return ownCost(field);
  return ownCost(field) + lengthOf(field, args) * (1 + childComplexity);
}

function ownCost(field: ComplexityEstimatorArgs['field']): number {
  const stated: unknown = field.extensions['complexity'];
  return typeof stated === 'number' ? stated : 0;
}

function lengthOf(field: ComplexityEstimatorArgs['field'], args: Record<string, unknown>): number {
  const first = within('first', args['first'], MAX_FIRST);
  const last = within('last', args['last'], MAX_LAST);
  if (first !== undefined) return first;
  // Observations are two numbers and a time: sixteen of them weigh as much as one object with relations.
  if (last !== undefined) return Math.ceil(last / 16);
  const isList = isListType(getNullableType(field.type));
  return isList && field.name !== 'edges' ? USUAL_LENGTH : 1;
}

function within(name: string, value: unknown, max: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= 1 && value <= max) return value;
  throw new InputError('PAGE_SIZE_INVALID', `${name}: expected a number from 1 to ${max}`);
}
