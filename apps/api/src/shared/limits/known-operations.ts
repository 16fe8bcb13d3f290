import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CONFIG, type Config } from '@tallyhouse/config';
import { GraphQLError } from 'graphql';

/** Injection token of the {@link KnownOperations}. */
export const KNOWN_OPERATIONS = Symbol('KNOWN_OPERATIONS');

const SHA256 = /^[0-9a-f]{64}$/;

/** Which operations may run: those of the operator's list, or all where there is none. */
export class KnownOperations {
  public constructor(private readonly hashes: ReadonlySet<string> | undefined) {}

  /** @throws GraphQLError `PERSISTED_QUERY_ONLY` when the text of an operation is not on the list */
  public assertKnown(text: string): void {
    if (!this.hashes) return;
    const hash = createHash('sha256').update(text).digest('hex');
    if (this.hashes.has(hash)) return;
    throw new GraphQLError(
      `only operations of the operator's list run here; this one is not on it (SHA-256 ${hash})`,
      { extensions: { code: 'PERSISTED_QUERY_ONLY', http: { status: 403 } } },
    );
  }
}

/**
 * Reads the operator's list: a JSON array of SHA-256 in lower-case hexadecimal digits, each of an operation's text.
 *
 * @throws Error naming the file and what is wrong with it
 */
export async function readKnownOperations(path: string | undefined): Promise<KnownOperations> {
  if (path === undefined) return new KnownOperations(undefined);
  const text = await readFile(path, 'utf8').catch(() => '');
  const hashes = parsed(text);
  if (hashes) return new KnownOperations(new Set(hashes));
  throw new Error(
    `PERSISTED_QUERIES: ${path} is no JSON array of SHA-256 in lower-case hexadecimal digits; see docs/access.md`,
  );
}

export const knownOperationsProvider = {
  provide: KNOWN_OPERATIONS,
  inject: [CONFIG],
  useFactory: (config: Config): Promise<KnownOperations> => readKnownOperations(config.persistedQueriesPath),
};

function parsed(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    const isList = Array.isArray(list) && list.every((item) => typeof item === 'string' && SHA256.test(item));
    return isList ? (list as string[]) : undefined;
  } catch {
    return undefined;
  }
}
