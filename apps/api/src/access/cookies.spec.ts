import { describe, expect, it } from '@jest/globals';
import { cookieOf, setCookie } from './cookies.js';
import { isOwnRequest } from './own-request.js';

const HTTPS = 'https://tally.example';
const HTTP = 'http://127.0.0.1:3000';

describe('cookies of a session', () => {
  it('are out of reach of scripts and of other sites, and of plain http where https is served', () => {
    expect(setCookie('access', 'x', HTTPS, 900)).toBe(
      '__Host-tallyhouse_access=x; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
    );
    expect(setCookie('refresh', 'x', HTTPS, 900)).toBe(
      '__Secure-tallyhouse_refresh=x; Path=/auth; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
    );
    expect(setCookie('access', 'x', HTTP, 900)).not.toContain('Secure');
    expect(setCookie('access', '', HTTPS, 900)).toContain('Max-Age=0');
  });

  it('are found among others', () => {
    const header = 'theme=dark; __Host-tallyhouse_access=abc; tallyhouse_access=planted';
    expect(cookieOf(header, 'access', [HTTPS])).toBe('abc');
    expect(cookieOf(header, 'refresh', [HTTPS])).toBeUndefined();
  });

  it('without their prefix count for nothing where only https is served', () => {
    expect(cookieOf('tallyhouse_access=planted', 'access', [HTTPS])).toBeUndefined();
    expect(cookieOf('tallyhouse_access=abc', 'access', [HTTP])).toBe('abc');
  });
});

describe('a request', () => {
  const own = (headers: Partial<Record<string, string>>): boolean =>
    isOwnRequest((name) => headers[name], [HTTPS]);

  it.each([{}, { origin: HTTPS }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'with %j is our own',
    (headers) => expect(own(headers)).toBe(true),
  );

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://tally.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('with %j is of somebody else', (headers) => expect(own(headers)).toBe(false));
});
