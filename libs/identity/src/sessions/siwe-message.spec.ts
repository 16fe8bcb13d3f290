import { describe, expect, it } from '@jest/globals';
import { createSiweMessage } from 'viem/siwe';
import { checkMessage } from './check-message.js';
import { readSiweMessage } from './siwe-message.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const PLACE = { origins: ['https://tally.example', 'http://127.0.0.1:3000'], chainId: 31_337 };
const FIELDS = {
  domain: 'tally.example',
  address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  uri: 'https://tally.example/account',
  version: '1',
  chainId: 31_337,
  nonce: 'abcdef0123456789',
  issuedAt: NOW,
} as const;

type Fields = Parameters<typeof createSiweMessage>[0];
const message = (changed: Partial<Fields> = {}): string => createSiweMessage({ ...FIELDS, ...changed });
const judge = (changed: Partial<Fields> = {}, now = NOW): string =>
  checkMessage(readSiweMessage(message(changed)), PLACE, now);

describe('a message by EIP-4361', () => {
  it.each<Partial<Fields>>([
    {},
    { statement: 'Sign in to Tallyhouse.' },
    { scheme: 'https', expirationTime: after(MINUTE_MS), notBefore: NOW, requestId: 'r1' },
    { resources: ['https://tally.example/a', 'ipfs://b'] },
    { domain: '127.0.0.1:3000', uri: 'http://127.0.0.1:3000' },
  ])('with %j signs in', (changed) => {
    expect(PLACE.origins).toContain(judge(changed));
  });

  it.each<[string, Partial<Fields>, number]>([
    ['URI', { uri: 'https://evil.example/', domain: 'evil.example' }, 0],
    ['URI', { uri: 'https://tally.example.evil.example/' }, 0],
    ['URI', { uri: 'http://tally.example/' }, 0],
    ['domain', { domain: 'evil.example' }, 0],
    ['domain', { domain: '127.0.0.1:3000' }, 0],
    ['scheme', { scheme: 'http' }, 0],
    ['Chain ID', { chainId: 1 }, 0],
    ['Issued At', {}, 10 * MINUTE_MS + 1],
    ['Issued At', {}, -MINUTE_MS - 1],
    ['Expiration Time', { expirationTime: after(MINUTE_MS) }, MINUTE_MS],
    ['Not Before', { notBefore: after(2 * MINUTE_MS) }, 0],
  ])('is refused for its %s: %j', (field, changed, laterMs) => {
    expect(() => judge(changed, after(laterMs))).toThrow(new RegExp(`^message: ${field}: `));
  });

  it.each<[string, (text: string) => string]>([
    ['something after its end', (text) => `${text}\nNonce: 0000000000000000`],
    ['something before its beginning', (text) => `Hello\n${text}`],
    ['a field twice', (text) => text.replace('\nNonce', '\nChain ID: 1\nNonce')],
    ['fields out of order', (text) => text.replace(/(URI: .*)\n(Version: .*)/, '$2\n$1')],
    ['a short nonce', (text) => text.replace(FIELDS.nonce, 'abc')],
    ['a time that is none', (text) => text.replace(/Issued At: .*/, 'Issued At: March 1, 2026')],
    ['a thirteenth month', (text) => text.replace(/Issued At: .*/, 'Issued At: 2026-13-01T00:00:00Z')],
    ['a statement of two lines', (text) => text.replace('\n\nURI', '\n\nline\nline\n\nURI')],
    ['another version', (text) => text.replace('Version: 1', 'Version: 2')],
    ['5,000 signs', (text) => text + ' '.repeat(5_000)],
    ['nothing', () => ''],
  ])('with %s is none', (_what, change) => {
    const text = change(message());
    expect(text).not.toBe(message());
    expect(() => checkMessage(readSiweMessage(text), PLACE, NOW)).toThrow(/^message: /);
  });
});
