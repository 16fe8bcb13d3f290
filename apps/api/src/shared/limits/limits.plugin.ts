import type { ApolloServerPlugin } from '@apollo/server';
import { assertAffordable } from './complexity.js';

/** Longest document that is parsed, in tokens; documents of EPCIS events come as variables and do not count. */
export const MAX_TOKENS = 2_000;

/** Counts the cost of every operation before it is executed. */
export const limitsPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operationName, request }) => {
        assertAffordable(schema, document, operationName, request.variables);
        return Promise.resolve();
      },
    }),
};
