import { performance } from 'node:perf_hooks';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Server } from 'node:http';
import { getOperationAST, OperationTypeNode, parse, validate, specifiedRules, GraphQLError } from 'graphql';
import type { ExecutionArgs } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { CONFIG, type Config } from '@tallyhouse/config';
import { scopedSubscribe } from '../../access/viewing/scoped-subscribe.js';
import { Viewings } from '../../access/viewing/viewings.js';
import { InputError, LimitError, RateLimitError } from '../errors/api.errors.js';
import { ErrorFormat } from '../errors/error-format.js';
import { aliasRule } from '../limits/alias.rule.js';
import { assertAffordable } from '../limits/complexity.js';
import { depthRule } from '../limits/depth.rule.js';
import { KNOWN_OPERATIONS, type KnownOperations } from '../limits/known-operations.js';
import { RateLimits } from '../limits/rate-limits.js';
import { MAX_TOKENS } from '../limits/limits.plugin.js';
import { LoaderFactory } from '../request/loaders.js';
import { RequestContext } from '../request/request-context.js';
import { operationName } from '../telemetry/operation.plugin.js';
import { clientOf, SocketPlaces } from './socket-places.js';
import { guardUpgrades, type UpgradeHandler, type UpgradeRoute } from './upgrade-guard.js';

export const GRAPHQL_PATH = '/graphql';
const MAX_MESSAGE_BYTES = 64 * 1024;
const SOCKET_PLACES = { ofAll: 1_000, ofOne: 50 };
const REFUSED = { 429: 'Too Many Requests', 503: 'Service Unavailable' } as const;
const MAX_SUBSCRIPTIONS_A_SOCKET = 20;
const INIT_TIMEOUT_MS = 5_000;

/** Subscriptions over WebSocket (graphql-ws); queries and mutations have HTTP. */
@Injectable()
export class SubscriptionServer implements OnModuleDestroy {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private readonly places = new SocketPlaces(SOCKET_PLACES);
  private disposable: { dispose: () => void | Promise<void> } | undefined;

  public constructor(
    private readonly host: HttpAdapterHost,
    private readonly schemaHost: GraphQLSchemaHost,
    private readonly loaders: LoaderFactory,
    private readonly errors: ErrorFormat,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(KNOWN_OPERATIONS) private readonly known: KnownOperations,
    private readonly limits: RateLimits,
    private readonly viewings: Viewings,
  ) {}

  /** Takes upgrades of /graphql and of other routes and refuses all others; to be called before the server listens. */
  public attach(others: readonly UpgradeRoute[] = []): void {
    this.disposable = useServer<Record<string, unknown>>(
      {
        connectionInitWaitTimeout: INIT_TIMEOUT_MS,
        onSubscribe: ({ extra, subscriptions }, _id, payload) =>
          this.execution(payload, extra, Object.keys(subscriptions).length),
        subscribe: (execution) => this.viewed(execution),
        onError: (_context, _id, _payload, errors) => errors.map((error) => this.errors.of(error)),
        onNext: (_context, _id, _payload, _arguments, result) =>
          result.errors
            ? { ...result, errors: result.errors.map((error) => this.errors.of(error)) }
            : undefined,
        isProd: true,
      },
      this.sockets,
    );
    const own: UpgradeRoute = {
      matches: (path) => path === GRAPHQL_PATH,
      handle: (request, socket, head) => this.upgrade(request, socket, head),
    };
    guardUpgrades(this.host.httpAdapter.getHttpServer() as Server, [own, ...others]);
  }

  public async onModuleDestroy(): Promise<void> {
    await this.disposable?.dispose();
    for (const client of this.sockets.clients) client.terminate();
  }

  private upgrade(...[request, socket, head]: Parameters<UpgradeHandler>): void {
    const place = this.places.take(clientOf(request, this.config.trustedProxies), socket);
    if (place !== 'TAKEN') {
      const line = `HTTP/1.1 ${place} ${REFUSED[place]}`;
      socket.end(`${line}\r\nRetry-After: 60\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => {
      this.sockets.emit('connection', client, request);
      // graphql-ws prints the first error of a socket and lets a second one end the process.
      client.removeAllListeners('error').on('error', () => client.terminate());
    });
  }

  private execution(
    payload: SubscribePayload,
    extra: Extra,
    open: number,
  ): ExecutionArgs | readonly GraphQLError[] {
    try {
      if (open > MAX_SUBSCRIPTIONS_A_SOCKET) {
        throw new LimitError(
          'TOO_MANY_SUBSCRIPTIONS',
          `at most ${MAX_SUBSCRIPTIONS_A_SOCKET} on a connection`,
        );
      }
      this.countRequest(extra);
      this.known.assertKnown(payload.query);
      return this.checked(payload, extra);
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  private viewed(execution: ExecutionArgs): ReturnType<typeof scopedSubscribe> {
    const context = execution.contextValue as RequestContext;
    const asked = getOperationAST(execution.document, execution.operationName);
    const operation = (): string => `subscription ${asked ? operationName(asked) : 'none'}`;
    return scopedSubscribe(
      execution,
      this.viewings.live((name) => context.header(name), operation),
    );
  }

  private countRequest({ request }: Extra): void {
    const client = clientOf(request, this.config.trustedProxies);
    const standing = this.limits.ofAddress(client, performance.now());
    if (!standing || standing.isAllowed) return;
    const { quota, waitS } = standing;
    throw new RateLimitError(`at most ${quota.perMinute} requests a minute; ask again in ${waitS} s`);
  }

  private checked(payload: SubscribePayload, extra: Extra): ExecutionArgs | readonly GraphQLError[] {
    const { schema } = this.schemaHost;
    const document = parse(payload.query, { maxTokens: MAX_TOKENS });
    const faults = validate(schema, document, [...specifiedRules, depthRule, aliasRule]);
    if (faults.length > 0) return faults;
    const operation = getOperationAST(document, payload.operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw new InputError(
        'OPERATION_NOT_HERE',
        'only subscriptions run on a WebSocket; send others by POST /graphql',
      );
    }
    const variableValues = payload.variables ?? {};
    assertAffordable(schema, document, payload.operationName, variableValues);
    return {
      schema,
      document,
      operationName: payload.operationName ?? null,
      variableValues,
      contextValue: new RequestContext(extra.request, this.loaders.create({ cache: false })),
    };
  }
}
