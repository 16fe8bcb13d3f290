import { lookup } from 'node:dns/promises';
import { createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../test/receiver.js';
import { postMessage, type Message } from './post.js';
import { isSignature } from './signature.js';
import { parseTarget, resolveTarget } from './target.js';

const NOW = new Date('2026-03-01T08:00:00Z');
const SECRET = new TextEncoder().encode('a secret of the partner');
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer((_, response) => void response.writeHead(204).end());
});
afterAll(() => receiver.stop());

const message = (url: string): Message => ({
  ...{ url, deliveryId: '7b1e', attempt: 3, contentType: 'application/json', secret: SECRET },
  ...{ body: new TextEncoder().encode('{"n":1}'), signatureHeader: 'GS1-Signature' },
});
const post = (url = receiver.url, timeoutMs = 2_000): Promise<number> =>
  postMessage(message(url), NOW, { trustedOrigins: [receiver.origin], timeoutMs });

describe('the address of a webhook', () => {
  it.each([
    ['http://partner.example/hook', 'is not https'],
    ['ftp://partner.example/hook', 'is not https'],
    ['file:///etc/passwd', 'is not https'],
    ['partner.example', 'is no URL'],
    ['https://me:word@partner.example/', 'holds a name or a password'],
    ['https://127.0.0.1/', 'is not on the public internet'],
    ['https://2130706433/', 'is not on the public internet'],
    ['https://0x7f.1/', 'is not on the public internet'],
    ['https://0177.0.0.1/', 'is not on the public internet'],
    ['https://[::1]/', 'is not on the public internet'],
    ['https://[::ffff:169.254.169.254]/', 'is not on the public internet'],
    ['https://１２７.0.0.1/', 'is not on the public internet'],
    [`https://partner.example/${'a'.repeat(2_100)}`, 'is longer than 2048 characters'],
  ])('%s is refused', (url, why) => {
    expect(() => parseTarget(url, { trustedOrigins: [] })).toThrow(why);
  });

  it('is refused when any address of its name is private', async () => {
    const resolve = async () => [
      { address: '93.184.215.14', family: 4 as const },
      { address: '10.0.0.7', family: 4 as const },
    ];
    await expect(
      resolveTarget('https://partner.example/', { trustedOrigins: [], resolve }),
    ).rejects.toMatchObject({
      code: 'TARGET_REFUSED',
    });
  });

  it('is refused when it is this machine by name', async () => {
    expect((await lookup('localhost')).address).toMatch(/^(127\.|::1)/);
    for (const host of ['localhost', 'LOCALHOST']) {
      await expect(resolveTarget(`https://${host}/`, { trustedOrigins: [] })).rejects.toMatchObject({
        code: 'TARGET_REFUSED',
      });
    }
  });

  it('is trusted by its whole origin only', async () => {
    const { port } = new URL(receiver.origin);
    const other = `http://127.0.0.1:${Number(port) + 1}/hook`;
    await expect(post(other)).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
    await expect(post(`${receiver.origin}@evil.example/`)).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
  });
});

describe('a message', () => {
  it('arrives with its id, its attempt and a signature over time, id and bytes', async () => {
    expect(await post()).toBe(204);
    const [{ headers, body }] = receiver.received as [Receiver['received'][0]];
    expect(headers).toMatchObject({ 'x-tallyhouse-delivery': '7b1e', 'x-tallyhouse-attempt': '3' });
    const signature = String(headers['gs1-signature']);
    const signed = { deliveryId: '7b1e', body };
    expect(isSignature(signature, SECRET, signed, NOW)).toBe(true);
    expect(isSignature(signature, SECRET, { ...signed, deliveryId: '7b1f' }, NOW)).toBe(false);
    expect(isSignature(signature, SECRET, { ...signed, body: Buffer.from('{"n":2}') }, NOW)).toBe(false);
    expect(isSignature(signature, Buffer.from('another'), signed, NOW)).toBe(false);
    expect(isSignature(signature, SECRET, signed, new Date(NOW.getTime() + 301_000))).toBe(false);
    expect(isSignature('t=1,v1=zz', SECRET, signed, NOW)).toBe(false);
  });

  it('goes to the address that was looked at, though the name leads elsewhere a moment later', async () => {
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 as const }];
    };
    const { port } = new URL(receiver.origin);
    const origin = `http://rebinding.example:${port}`;
    expect(await postMessage(message(`${origin}/`), NOW, { trustedOrigins: [origin], resolve })).toBe(204);
    expect(asked).toBe(1);
  });

  it.each([
    [301, { location: 'http://169.254.169.254/' }, 'redirects are not followed', undefined],
    [500, {}, 'answered 500', undefined],
    [503, { 'retry-after': '120' }, 'answered 503', 120_000],
    [429, { 'retry-after': '999999' }, 'answered 429', 3_600_000],
    [503, { 'retry-after': 'soon' }, 'answered 503', undefined],
  ])('that is answered %i is not taken', async (status, headers, words, retryAfterMs) => {
    receiver.answer((_, response) => void response.writeHead(status, headers).end());
    const error: unknown = await post().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ANSWERED', status, retryAfterMs });
    expect(String(error)).toContain(words);
    expect(receiver.received).toHaveLength(1);
  });

  it('is taken by the status alone: an answer without end is not read', async () => {
    let sent = 0;
    receiver.answer((_, response) => {
      response.writeHead(200);
      const flood = (): void => {
        while (response.write(Buffer.alloc(65_536)) && !response.destroyed) sent += 65_536;
        response.once('drain', flood);
      };
      flood();
    });
    expect(await post()).toBe(200);
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('gives up on a receiver that never answers, drips, or sends headers without end', async () => {
    receiver.answer(() => undefined);
    await expect(post(receiver.url, 100)).rejects.toMatchObject({ code: 'TIMED_OUT' });
    const hostile = createTcpServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-more: y\r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    }).listen(0, '127.0.0.1');
    await once(hostile, 'listening');
    const origin = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    const sending = postMessage(message(origin), NOW, { trustedOrigins: [origin], timeoutMs: 150 });
    await expect(sending).rejects.toMatchObject({ code: expect.stringMatching(/TIMED_OUT|UNREACHABLE/) });
    hostile.close();
  });

  it('gives up on a name that is not answered, and on nobody', async () => {
    const resolve = (): Promise<never> => new Promise(() => undefined);
    const policy = { trustedOrigins: [], resolve, timeoutMs: 50 };
    await expect(postMessage(message('https://slow.example/'), NOW, policy)).rejects.toMatchObject({
      code: 'TIMED_OUT',
    });
    const gone = { trustedOrigins: ['http://127.0.0.1:1'] };
    await expect(postMessage(message('http://127.0.0.1:1/'), NOW, gone)).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
  });
});
