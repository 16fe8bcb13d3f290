import { QueryRunnerAlreadyReleasedError } from 'typeorm';

/** Classes of SQLSTATE in which the database cannot serve now and may later: connection, resources, an operator's hand. */
const AWAY_STATES = /^(?:08...|53...|57P0[1-3])$/;
const DISK_FULL = '53100';
/** Codes of Node for a connection that is not there any more, or not yet. */
const AWAY_CODES: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** What the driver says without a code. */
const AWAY_WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Client (?:has encountered a connection error|was closed))/;

/** Seconds after which it is worth asking again. */
export const AWAY_RETRY_AFTER_S = 5;

const AGAIN = 'send it again later; what was kept already is not stored twice';

/** What a client is told whose request met a database that cannot serve now; undefined for any other error. */
export function awayWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === DISK_FULL) return `the database has no room left to write; ${AGAIN}`;
  const isAway =
    AWAY_STATES.test(code) ||
    AWAY_CODES.has(code) ||
    AWAY_WORDS.test(error.message) ||
    // A connection that breaks between two statements is given up at once; the second finds that.
    error instanceof QueryRunnerAlreadyReleasedError;
  return isAway ? `the database cannot be asked now; ${AGAIN}` : undefined;
}
