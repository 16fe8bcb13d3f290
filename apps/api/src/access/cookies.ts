/** What a cookie holds. */
export type CookieKind = 'access' | 'refresh';

const MAX_HEADER_LENGTH = 16_384;
const NAME = { access: 'tallyhouse_access', refresh: 'tallyhouse_refresh' } as const;
/** The refresh token travels only to where it is used. */
const PATH = { access: '/', refresh: '/auth' } as const;
/** By these prefixes a browser refuses a cookie that a sister domain or a plain http page would set in our name. */
const SECURE_PREFIX = { access: '__Host-', refresh: '__Secure-' } as const;

/** A cookie for browsers that came by `origin`; an empty value takes it back. */
export function setCookie(kind: CookieKind, value: string, origin: string, maxAgeS: number): string {
  const isSecure = origin.startsWith('https:');
  return [
    `${isSecure ? SECURE_PREFIX[kind] : ''}${NAME[kind]}=${value}`,
    `Path=${PATH[kind]}`,
    `Max-Age=${value === '' ? 0 : Math.floor(maxAgeS)}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}

/** The value of our cookie in the header `Cookie`; one without its prefix counts only where plain http is served. */
export function cookieOf(
  header: string | undefined,
  kind: CookieKind,
  publicOrigins: readonly string[],
): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  const hasPlain = publicOrigins.some((origin) => origin.startsWith('http:'));
  const names = [`${SECURE_PREFIX[kind]}${NAME[kind]}`, ...(hasPlain ? [NAME[kind]] : [])];
  const cookies = header.split(';').map((pair) => pair.trim());
  for (const name of names) {
    const found = cookies.find((pair) => pair.startsWith(`${name}=`));
    if (found) return found.slice(name.length + 1);
  }
  return undefined;
}
