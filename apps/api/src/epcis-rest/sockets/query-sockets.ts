import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, createLogger, type Config, type Logger } from '@tallyhouse/config';
import { asViewer, Listener, ProcessClock } from '@tallyhouse/database';
import {
  CONTROL_NAMES,
  controlsOfAddress,
  EventQueryError,
  NamedQueryRepository,
  parseEventQuery,
  refuseCuts,
  startOfFeed,
} from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { WebSocketServer } from 'ws';
import { Viewings } from '../../access/viewing/viewings.js';
import { headerOf } from '../../shared/request/header.js';
import { clientOf, SocketPlaces } from '../../shared/subscriptions/socket-places.js';
import type { UpgradeRoute } from '../../shared/subscriptions/upgrade-guard.js';
import { problemOf } from '../problem-of.js';
import { problem, ProblemError, type Problem } from '../problems.js';
import { defaultSocketSettings, QuerySocket, type SocketSettings, type SocketQuery } from './query-socket.js';

const PATH = /^\/epcis\/v2\/queries\/([^/]+)\/events$/;
const MAX_ADDRESS_LENGTH = 8_000;
const MAX_MESSAGE_BYTES = 1_024;
const MAX_SOCKETS = 500;
const MAX_SOCKETS_AN_ADDRESS = 50;

/** Subscriptions to named queries over WebSocket (EPCIS 2.0 §12.7.2): GET /queries/{name}/events with an upgrade. */
@Injectable()
export class QuerySockets implements OnApplicationBootstrap, OnModuleDestroy {
  public readonly route: UpgradeRoute = {
    matches: (path) => PATH.test(path),
    handle: (request, socket, head) => void this.upgrade(request, socket, head),
  };
  /** For tests that need an impatient server. */
  public settings: SocketSettings = defaultSocketSettings;
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private readonly open = new Set<QuerySocket>();
  /** Upgrades that are looked at count as sockets. */
  private readonly places = new SocketPlaces({ ofAll: MAX_SOCKETS, ofOne: MAX_SOCKETS_AN_ADDRESS });
  private readonly listener: Listener;
  private readonly logger: Logger;

  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly queries: NamedQueryRepository,
    private readonly viewings: Viewings,
    private readonly clock: ProcessClock,
  ) {
    this.listener = new Listener(config.databaseUrl);
    this.logger = createLogger(config, 'api');
  }

  public async onApplicationBootstrap(): Promise<void> {
    this.listener.on('tallyhouse_capture').subscribe(() => {
      for (const socket of this.open) socket.look();
    });
    await this.listener.start();
  }

  public async onModuleDestroy(): Promise<void> {
    await this.listener.stop();
    for (const socket of this.open) socket.close(1001, 'the server stops');
    for (const client of this.server.clients) client.terminate();
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const place = this.places.take(clientOf(request, this.config.trustedProxies), socket);
    if (place !== 'TAKEN') {
      refuse(socket, {
        ...problem('ImplementationException', 'too many websockets; try again later'),
        status: 503,
      });
      return;
    }
    try {
      const scope = this.scopeOf(request);
      const asked = await asViewer(scope, () => this.asked(request.url ?? ''));
      if (socket.destroyed) return;
      this.server.handleUpgrade(request, socket, head, (client) => {
        const opened = new QuerySocket(
          client,
          { ...asked, scope },
          this.dataSource,
          this.settings,
          this.logger,
        );
        this.open.add(opened);
        client.once('close', () => this.open.delete(opened));
      });
    } catch (error) {
      refuse(socket, problemOf(error) ?? this.ownFault(error));
    }
  }

  private scopeOf(request: IncomingMessage): SocketQuery['scope'] {
    return this.viewings.live(
      (name) => headerOf(request, name),
      () => `websocket ${request.url?.slice(0, 100) ?? ''}`,
    );
  }

  /** What an address subscribes to; the feed begins here, before the client hears that it is open. */
  private async asked(url: string): Promise<Omit<SocketQuery, 'scope'>> {
    const [path = '', ...rest] = url.split('?');
    if (url.length > MAX_ADDRESS_LENGTH)
      throw new ProblemError('URITooLongException', 'the address is too long');
    const queryName = decoded(PATH.exec(path)?.[1] ?? '');
    const found = await this.queries.find(queryName);
    if (!found) throw new ProblemError('NoSuchNameException', 'there is no query of that name');
    const now = this.clock.now();
    const controls = controlsOfAddress(searchOf(rest.join('?')), now);
    const query = parseEventQuery(found.query);
    refuseCuts(query);
    const start = await this.dataSource.transaction((manager) =>
      startOfFeed(manager, controls.initialRecordTime, now),
    );
    return { queryName, query, controls, ...start };
  }

  private ownFault(error: unknown): Problem {
    this.logger.error({ event: 'query-socket-failed', err: error });
    return problem('ImplementationException', 'the operator finds more in the log');
  }
}

/** Parameters of an address; one that stands twice, or that subscribes to nothing, is refused. */
function searchOf(text: string): Map<string, string> {
  const search = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (search.has(name)) throw unusable(name, 'stands twice');
    if (!CONTROL_NAMES.has(name))
      throw unusable(name, 'is no control of a subscription; keep conditions in the query');
    search.set(name, value);
  }
  return search;
}

function unusable(name: string, what: string): EventQueryError {
  return new EventQueryError('QUERY_PARAMETER_INVALID', `${name.slice(0, 100)}: ${what}`, name.slice(0, 100));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ProblemError('ValidationException', 'the address has a percent sign that encodes nothing');
  }
}

/** Answers an upgrade with a problem instead. */
function refuse(socket: Duplex, found: Problem): void {
  const body = JSON.stringify(found);
  const head = [
    `HTTP/1.1 ${found.status} ${found.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
