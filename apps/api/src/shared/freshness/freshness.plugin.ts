import type { ApolloServerPlugin } from '@apollo/server';
import { getDirectiveValues, type OperationDefinitionNode } from 'graphql';
import { InputError } from '../errors/api.errors.js';
import type { RequestContext } from '../request/request-context.js';
import type { IndexWaiter } from './index-waiter.js';
import { DEFAULT_WAIT_MS, LONGEST_WAIT_MS, minBlockDirective } from './min-block.directive.js';

type Variables = Readonly<Record<string, unknown>> | undefined;

/** Before an operation is executed: waits for its `@minBlock`, then notes the block that its lists are as of. */
export function freshnessPlugin(waiter: IndexWaiter): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ operation, request, source, contextValue }) => {
          const wanted = operation && minBlockOf(operation, request.variables);
          if (wanted) await waiter.until(wanted.number, wanted.timeoutMs);
          if (/\basOf\b/.test(source)) contextValue.indexedBlock = Promise.resolve(await waiter.now());
        },
      }),
  };
}

function minBlockOf(
  operation: OperationDefinitionNode,
  variables: Variables,
): { number: number; timeoutMs: number } | undefined {
  const values = getDirectiveValues(minBlockDirective, operation, { ...variables }) as
    { number: number; timeoutMs?: number | null } | undefined;
  if (!values) return undefined;
  const { number, timeoutMs } = values;
  const waitMs = timeoutMs ?? DEFAULT_WAIT_MS;
  if (number < 0) throw new InputError('ARGUMENT_INVALID', 'minBlock number: a block number is 0 or more');
  if (waitMs < 0 || waitMs > LONGEST_WAIT_MS)
    throw new InputError('ARGUMENT_INVALID', `minBlock timeoutMs: 0 to ${LONGEST_WAIT_MS} milliseconds`);
  return { number, timeoutMs: waitMs };
}
