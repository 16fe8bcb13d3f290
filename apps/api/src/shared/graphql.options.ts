import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { GqlModuleAsyncOptions } from '@nestjs/graphql';
import type { IncomingMessage } from 'node:http';
import { ErrorFormat } from './errors/error-format.js';
import { freshnessPlugin } from './freshness/freshness.plugin.js';
import { IndexWaiter } from './freshness/index-waiter.js';
import { minBlockDirective } from './freshness/min-block.directive.js';
import { aliasRule } from './limits/alias.rule.js';
import { depthRule } from './limits/depth.rule.js';
import { knownOperationsPlugin } from './limits/known-operations.plugin.js';
import { KNOWN_OPERATIONS, type KnownOperations } from './limits/known-operations.js';
import { limitsPlugin, MAX_TOKENS } from './limits/limits.plugin.js';
import { LoaderFactory } from './request/loaders.js';
import { RequestContext } from './request/request-context.js';
import { operationPlugin } from './telemetry/operation.plugin.js';

/** GraphQL over HTTP; subscriptions have a server of their own. */
export const graphqlOptions: GqlModuleAsyncOptions<ApolloDriverConfig> = {
  driver: ApolloDriver,
  inject: [LoaderFactory, ErrorFormat, IndexWaiter, KNOWN_OPERATIONS],
  useFactory: (loaders: LoaderFactory, errors: ErrorFormat, waiter: IndexWaiter, known: KnownOperations) => ({
    autoSchemaFile: true,
    buildSchemaOptions: { directives: [minBlockDirective] },
    path: '/graphql',
    graphiql: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [depthRule, aliasRule],
    plugins: [operationPlugin, knownOperationsPlugin(known), limitsPlugin, freshnessPlugin(waiter)],
    formatError: errors.format,
    context: ({ req }: { req: IncomingMessage }) => new RequestContext(req, loaders.create({ cache: true })),
  }),
};
