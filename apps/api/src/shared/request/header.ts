import type { IncomingMessage } from 'node:http';

/** A header by its lower-case name, where it was sent once. */
export function headerOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
