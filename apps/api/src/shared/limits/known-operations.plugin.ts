import type { ApolloServerPlugin } from '@apollo/server';
import type { KnownOperations } from './known-operations.js';

/** Looks at the text of an operation before it is executed, also when only its hash was sent. */
export function knownOperationsPlugin(known: KnownOperations): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ source }) => {
          known.assertKnown(source);
          return Promise.resolve();
        },
      }),
  };
}
