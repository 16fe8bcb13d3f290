import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';

interface Sealed {
  readonly topic: string;
  readonly message: string;
  readonly tag: number;
  readonly publishedAt: number;
}
interface Params {
  readonly topic: string;
  readonly topics: readonly string[];
  readonly message: string;
  readonly tag: number;
  readonly pairingTopic: string;
  readonly sessionTopic: string;
  readonly sessionProposal: string;
  readonly sessionProposalResponse: string;
  readonly sessionSettlementRequest: string;
}

/**
 * The relay that WalletConnect's two ends meet at, in this process: hands sealed messages on by topic, and keeps those that nobody
 * listens for yet. Methods as the library calls them: `irn_*`, and `wc_*` for a session's beginning.
 */
export class LocalRelay {
  /** Messages that were handed on or kept, all of them sealed. */
  public passed = 0;
  private readonly listeners = new Map<string, Set<WebSocket>>();
  private readonly kept = new Map<string, Sealed[]>();
  private nextId = 1;

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket) => {
      socket.on('message', (data) => this.answer(socket, data));
      socket.on('close', () => this.listeners.forEach((sockets) => sockets.delete(socket)));
    });
  }

  public static async start(): Promise<LocalRelay> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new LocalRelay(server);
  }

  /** `ws://127.0.0.1:…` */
  public get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(socket: WebSocket, data: RawData): void {
    const { id, method, params } = JSON.parse((data as Buffer).toString()) as {
      id: number;
      method?: string;
      params: Params;
    };
    if (method === undefined) return; // An end says that it has a message.
    const methods: Record<string, () => unknown> = {
      irn_publish: () => this.publish(params.topic, params.message, params.tag, socket),
      wc_proposeSession: () => this.propose(socket, params),
      wc_approveSession: () => this.approve(socket, params),
      irn_subscribe: () => this.subscribe(socket, params.topic),
      irn_batchSubscribe: () => params.topics.map((topic) => this.subscribe(socket, topic)),
      irn_unsubscribe: () => this.listeners.get(params.topic)?.delete(socket) ?? true,
      irn_batchFetchMessages: () => ({ messages: [], hasMore: false }),
    };
    const result = methods[method]?.();
    const error = { code: -32601, message: `this relay has no ${method}` };
    socket.send(JSON.stringify({ id, jsonrpc: '2.0', ...(result === undefined ? { error } : { result }) }));
  }

  /** A page asks the phone that read its code. */
  private propose(socket: WebSocket, { pairingTopic, sessionProposal }: Params): true {
    this.subscribe(socket, pairingTopic);
    return this.publish(pairingTopic, sessionProposal, 1100, socket);
  }

  /** A phone answers, and opens the topic that both go on with. */
  private approve(socket: WebSocket, params: Params): true {
    this.subscribe(socket, params.sessionTopic);
    this.publish(params.pairingTopic, params.sessionProposalResponse, 1101, socket);
    return this.publish(params.sessionTopic, params.sessionSettlementRequest, 1102, socket);
  }

  private publish(topic: string, message: string, tag: number, by: WebSocket): true {
    const sealed = { topic, message, tag, publishedAt: Date.now() };
    this.passed += 1;
    const others = [...(this.listeners.get(topic) ?? [])].filter((socket) => socket !== by);
    if (others.length > 0) others.forEach((socket) => this.hand(socket, sealed));
    else this.kept.set(topic, [...(this.kept.get(topic) ?? []), sealed]);
    return true;
  }

  private subscribe(socket: WebSocket, topic: string): string {
    const sockets = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, sockets.add(socket));
    const waiting = this.kept.get(topic) ?? [];
    this.kept.delete(topic);
    // After the answer, which tells the other end that it is subscribed.
    setImmediate(() => waiting.forEach((sealed) => this.hand(socket, sealed)));
    return randomUUID();
  }

  private hand(socket: WebSocket, data: Sealed): void {
    const params = { id: randomUUID(), data };
    socket.send(JSON.stringify({ id: this.nextId++, jsonrpc: '2.0', method: 'irn_subscription', params }));
  }
}
