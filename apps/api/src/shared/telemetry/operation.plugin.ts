import type { ApolloServerPlugin } from '@apollo/server';
import { metrics, stopwatch } from '@tallyhouse/telemetry';
import { Kind, type OperationDefinitionNode } from 'graphql';

const durations = metrics.histogram({
  name: 'tallyhouse_graphql_operation_duration_seconds',
  help: 'How long an operation takes, by the field of the schema that it asks for.',
  labels: ['type', 'operation', 'outcome'],
});

/** Times operations by names of ours: what a client calls its operation could be anything. */
export const operationPlugin: ApolloServerPlugin = {
  requestDidStart: () => {
    const seconds = stopwatch();
    return Promise.resolve({
      willSendResponse: ({ operation, errors }) => {
        const type = operation?.operation ?? 'none';
        const outcome = errors && errors.length > 0 ? 'errors' : 'ok';
        durations.observe(seconds(), type, operation ? operationName(operation) : 'refused', outcome);
        return Promise.resolve();
      },
    });
  },
};

/**
 * The field at the top of an operation that was found valid; `several` where there is more than one or a fragment.
 *
 * @example operationName(operation) // 'captureEvents' of `mutation Anything { captureEvents(…) { id } }`
 */
export function operationName({ selectionSet }: OperationDefinitionNode): string {
  const [first, ...others] = selectionSet.selections;
  if (first?.kind !== Kind.FIELD || others.length > 0) return 'several';
  return first.name.value;
}
