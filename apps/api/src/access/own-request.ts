/**
 * Whether a request is of one of our own pages, or of a program. A browser tells by `Origin` and `Sec-Fetch-Site` which
 * page sent a request, and no script can change these; SameSite=Strict alone would trust every sister domain.
 */
export function isOwnRequest(
  header: (name: string) => string | undefined,
  publicOrigins: readonly string[],
): boolean {
  const origin = header('origin');
  if (origin !== undefined) return publicOrigins.includes(origin);
  const site = header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}
