import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HeadFeed, type HeadSocket } from './head-feed.js';

/** A socket whose other end is the test. */
class FakeSocket implements HeadSocket {
  public readonly sent: string[] = [];
  public closed = false;
  private readonly listeners = new Map<string, (event: { readonly data?: unknown }) => void>();

  public constructor(public readonly url: string) {}

  public send(text: string): void {
    this.sent.push(text);
  }

  public close(): void {
    this.closed = true;
  }

  public addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }

  public emit(type: string, data?: unknown): void {
    this.listeners.get(type)?.({ data });
  }

  public open(): void {
    this.emit('open');
    this.emit('message', '{"id":1,"result":"0x1"}');
  }

  public tell(number: number): void {
    const head = { params: { subscription: '0x1', result: { number: `0x${number.toString(16)}` } } };
    this.emit('message', JSON.stringify({ method: 'eth_subscription', ...head }));
  }
}

describe('HeadFeed', () => {
  const sockets: FakeSocket[] = [];
  let feed: HeadFeed;
  let hints = 0;
  const start = (urls = ['ws://one', 'ws://two']): HeadFeed => {
    feed = new HeadFeed(urls, (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    });
    feed.onHead = () => hints++;
    feed.start();
    return feed;
  };
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    feed.stop();
    sockets.length = hints = 0;
    jest.useRealTimers();
  });

  it('subscribes, and hints at each head that it is told', () => {
    start();
    expect(feed.state).toBe('DOWN');
    sockets[0]?.open();
    expect(feed.state).toBe('LIVE');
    expect(sockets[0]?.sent[0]).toContain('newHeads');
    sockets[0]?.tell(7);
    sockets[0]?.tell(8);
    expect([feed.height, hints]).toEqual([8, 2]);
  });

  it('goes on with the next endpoint when one closes or refuses, waiting longer each time', () => {
    start();
    sockets[0]?.open();
    sockets[0]?.emit('close');
    expect([feed.state, hints]).toEqual(['DOWN', 1]);
    jest.advanceTimersByTime(250);
    expect(sockets[1]?.url).toBe('ws://two');
    sockets[1]?.emit('message', '{"id":1,"error":{"message":"no such method"}}');
    expect(sockets[1]?.closed).toBe(true);
    jest.advanceTimersByTime(499);
    expect(sockets).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(sockets[2]?.url).toBe('ws://one');
  });

  it('is opened anew when two looks in a row find a head that it did not tell', () => {
    start();
    sockets[0]?.open();
    sockets[0]?.tell(5);
    feed.found(5);
    feed.found(6);
    expect(feed.state).toBe('LIVE');
    sockets[0]?.tell(6);
    feed.found(7);
    expect(feed.state).toBe('LIVE');
    feed.found(8);
    expect([feed.state, sockets[0]?.closed]).toEqual(['DOWN', true]);
  });

  it.each(['', 'null', '[]', '{"params":{"result":{"number":"x"}}}', '{"params":7}'])(
    'takes no harm from %j',
    (data) => {
      start();
      sockets[0]?.open();
      sockets[0]?.emit('message', data);
      expect([feed.state, hints]).toEqual(['LIVE', 0]);
    },
  );

  it('is off without endpoints, and still after it was stopped', () => {
    start([]);
    expect([feed.state, sockets.length]).toEqual(['OFF', 0]);
    start();
    feed.stop();
    sockets[0]?.open();
    jest.advanceTimersByTime(60_000);
    expect([feed.state, sockets.length]).toEqual(['DOWN', 1]);
  });
});
