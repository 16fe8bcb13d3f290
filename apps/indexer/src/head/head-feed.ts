import { isHash, isHex, type Hex } from 'viem';
import type { ToldHead } from '../rpc/raw-block.js';

/** What the pipeline needs of a WebSocket; Node has it built in. */
export interface HeadSocket {
  send(text: string): void;
  close(): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown }) => void,
  ): void;
}

/** Whether new heads are told: by an endpoint; by none at the moment; none is configured. */
export type FeedState = 'LIVE' | 'DOWN' | 'OFF';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
const SUBSCRIBE = '{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}';

/**
 * Listens for new heads (`eth_subscribe`). What it hears is a hint to look and how high to expect the head: every block
 * is then read and checked as one that was found by polling, so that a feed can delay the index and do nothing else.
 */
export class HeadFeed {
  private socket: HeadSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private delayMs = FIRST_DELAY_MS;
  private turn = 0;
  private ended = false;
  private live = false;
  private suspect: number | undefined;
  private announced = 0;
  /** The head that was told last; undefined once blocks were taken back. */
  public told: ToldHead | undefined;
  public onHead: () => void = () => undefined;

  /** @param urls `ws(s)://`, asked in turn when one fails; may be empty */
  public constructor(
    private readonly urls: readonly string[],
    private readonly connect: (url: string) => HeadSocket = openSocket,
  ) {}

  /** Number of the head that was told last. */
  public get height(): number {
    return this.announced;
  }

  public get state(): FeedState {
    if (this.urls.length === 0) return 'OFF';
    return this.live ? 'LIVE' : 'DOWN';
  }

  public start(): void {
    const url = this.urls[this.turn++ % this.urls.length];
    if (url === undefined || this.ended || this.socket) return;
    const socket = (this.socket = this.connect(url));
    // Events of a socket that was given up are nobody's.
    const ofCurrent = (act: () => void): void => void (this.socket === socket && act());
    socket.addEventListener('open', () => ofCurrent(() => socket.send(SUBSCRIBE)));
    socket.addEventListener('message', ({ data }) => ofCurrent(() => this.heard(data)));
    socket.addEventListener('error', () => ofCurrent(() => this.lost(socket)));
    socket.addEventListener('close', () => ofCurrent(() => this.lost(socket)));
  }

  /** Tells which head was found by looking: a feed that twice in a row had not told it hangs, and is opened anew. */
  public found(number: number): void {
    const behind = this.live && number > this.announced;
    if (behind && this.suspect === this.announced && this.socket) this.lost(this.socket);
    this.suspect = behind ? this.announced : undefined;
  }

  /** Blocks were taken back: what was told is no longer expected. */
  public expect(number: number): void {
    this.announced = number;
    this.told = undefined;
  }

  public stop(): void {
    this.ended = true;
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = undefined;
    this.live = false;
    socket?.close();
  }

  private heard(data: unknown): void {
    const message = parsed(data);
    if (message?.id === 1) {
      if (typeof message.result === 'string') this.live = true;
      else if (this.socket) this.lost(this.socket);
      return;
    }
    const { hash, logsBloom, number: height } = message?.params?.result ?? {};
    const number = Number(height);
    if (!Number.isSafeInteger(number) || number < 0) return;
    this.delayMs = FIRST_DELAY_MS;
    this.announced = number;
    this.told = toldHead(number, hash, logsBloom);
    this.onHead();
  }

  private lost(socket: HeadSocket): void {
    this.socket = undefined;
    this.live = false;
    socket.close();
    this.timer = setTimeout(() => this.start(), this.delayMs);
    this.timer.unref();
    this.delayMs = Math.min(LONGEST_DELAY_MS, this.delayMs * 2);
    this.onHead();
  }
}

function openSocket(url: string): HeadSocket {
  return new WebSocket(url);
}

interface FeedMessage {
  readonly id?: number;
  readonly result?: unknown;
  readonly params?: {
    readonly result?: { readonly number?: string; readonly hash?: unknown; readonly logsBloom?: unknown };
  };
}

function toldHead(number: number, hash: unknown, logsBloom: unknown): ToldHead | undefined {
  if (typeof hash !== 'string' || !isHash(hash)) return undefined;
  return { number, hash: hash.toLowerCase() as Hex, ...(isHex(logsBloom) && { logsBloom }) };
}

function parsed(data: unknown): FeedMessage | undefined {
  try {
    return JSON.parse(String(data)) as FeedMessage;
  } catch {
    return undefined;
  }
}
