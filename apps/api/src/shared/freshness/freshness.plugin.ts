import type { ApolloServerPlugin } from '@apollo/server';
import {
  getDirectiveValues,
  getNullableType,
  isListType,
  Kind,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { InputError } from '../errors/api.errors.js';
import type { RequestContext } from '../request/request-context.js';
import type { IndexWaiter } from './index-waiter.js';
import { DEFAULT_WAIT_MS, LONGEST_WAIT_MS, minBlockDirective } from './min-block.directive.js';

type Variables = Readonly<Record<string, unknown>> | undefined;

/**
 * Before an operation is executed: waits for its `@minBlock`, then notes the block that its lists are as of. A plain
 * list has no place to say it: the answer does, as `extensions.asOf`.
 */
export function freshnessPlugin(waiter: IndexWaiter): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () => {
      let plain = false;
      return Promise.resolve({
        didResolveOperation: async ({ operation, request, source, contextValue, schema }) => {
          const wanted = operation && minBlockOf(operation, request.variables);
          if (wanted) await waiter.until(wanted.number, wanted.timeoutMs);
          plain = operation !== undefined && hasPlainList(operation, schema);
          if (plain || /\basOf\b/.test(source))
            contextValue.indexedBlock = Promise.resolve(await waiter.now());
        },
        willSendResponse: async ({ response: { body }, contextValue }) => {
          const block = plain ? await contextValue.indexedBlock : undefined;
          if (!block || body.kind !== 'single') return;
          const { chainId, blockNumber, blockHash, blockTime } = block;
          const asOf = { chainId, blockNumber, blockHash, blockTime: blockTime.toISOString() };
          body.singleResult.extensions = { ...body.singleResult.extensions, asOf };
        },
      });
    },
  };
}

/** Whether a query asks, at its root, for a list that is no connection. */
function hasPlainList({ operation, selectionSet }: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  const fields = operation === OperationTypeNode.QUERY ? schema.getQueryType()?.getFields() : undefined;
  return selectionSet.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && isListType(getNullableType(fields?.[selection.name.value]?.type)),
  );
}

function minBlockOf(
  operation: OperationDefinitionNode,
  variables: Variables,
): { number: number; timeoutMs: number } | undefined {
  const values = getDirectiveValues(minBlockDirective, operation, { ...variables }) as
    | { number: number; timeoutMs?: number | null }
    | undefined;
  if (!values) return undefined;
  const { number, timeoutMs } = values;
  const waitMs = timeoutMs ?? DEFAULT_WAIT_MS;
  if (number < 0) throw new InputError('ARGUMENT_INVALID', 'minBlock number: a block number is 0 or more');
  if (waitMs < 0 || waitMs > LONGEST_WAIT_MS)
    throw new InputError('ARGUMENT_INVALID', `minBlock timeoutMs: 0 to ${LONGEST_WAIT_MS} milliseconds`);
  return { number, timeoutMs: waitMs };
}
