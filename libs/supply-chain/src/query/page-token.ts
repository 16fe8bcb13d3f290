import { createHash } from 'node:crypto';
import { decodeCursor, encodeCursor, InvalidCursorError } from '@tallyhouse/database';
import { timeAndId } from '../read/keyset.js';
import type { EventQuery } from './criterion.js';
import { EventQueryError } from './query.errors.js';

/** Where a page ended: the last event's place in the order, and how many events all pages so far had. */
export interface PagePosition {
  readonly time: string;
  readonly id: string;
  readonly served: number;
}

/** An opaque token for the page that follows; good for the same query only. */
export function pageToken(query: EventQuery, position: PagePosition): string {
  return encodeCursor([fingerprint(query), position.time, position.id, position.served]);
}

/**
 * The position that a token of this query stands for.
 *
 * @throws EventQueryError PAGE_TOKEN_INVALID for anything that was not given out for this query
 */
export function readPageToken(query: EventQuery, token: string): PagePosition {
  return orInvalidToken(() => {
    const [digest, time, id, served] = decodeCursor(token, 4);
    if (digest !== fingerprint(query)) throw new InvalidCursorError();
    if (typeof served !== 'number' || !Number.isSafeInteger(served) || served < 1)
      throw new InvalidCursorError();
    return { ...timeAndId([time!, id!]), served };
  });
}

/** Runs what reads a token of a client; its refusal names the parameter. */
export function orInvalidToken<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    const message = 'nextPageToken: not a token of this list; follow the link of the page before, unchanged';
    throw new EventQueryError('PAGE_TOKEN_INVALID', message, 'nextPageToken');
  }
}

function fingerprint(query: EventQuery): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);
}
