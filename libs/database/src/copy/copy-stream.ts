import type { ClientBase, Connection, Submittable } from 'pg';

/** Bytes handed to the socket at once. */
const CHUNK_CHARACTERS = 262_144;

/** What pg calls on a query besides what its types name. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * Writes lines of COPY's text format by a statement `COPY … FROM STDIN`, inside the client's transaction.
 *
 * @param lines each ended by a line feed, as one text
 * @throws DatabaseError as the statement does
 * @example await copyIn(client, 'COPY item (id, name) FROM STDIN', '1\tone\n2\ttwo\n')
 */
export function copyIn(client: ClientBase, statement: string, lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Copy(statement, { resolve, reject }, lines));
  });
}

/**
 * Reads rows as lines of COPY's text format by a statement `COPY … TO STDOUT`; nothing is kept of them here.
 *
 * @param onLine gets each line without its end
 * @throws DatabaseError as the statement does; whatever `onLine` throws
 * @example await copyOut(client, 'COPY item TO STDOUT', (line) => lines.push(line))
 */
export function copyOut(
  client: ClientBase,
  statement: string,
  onLine: (line: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Copy(statement, { resolve, reject }, '', onLine));
  });
}

interface Outcome {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A COPY as pg's queue takes it. An error of the server comes instead of the end. */
class Copy implements Submittable {
  private failure: unknown;

  public constructor(
    private readonly statement: string,
    private readonly outcome: Outcome,
    private readonly lines: string,
    private readonly onLine: (line: string) => void = () => undefined,
  ) {}

  public submit(connection: Connection): void {
    connection.query(this.statement);
  }

  public handleCopyInResponse(connection: CopyConnection): void {
    const { lines } = this;
    connection.stream.cork();
    for (let start = 0; start < lines.length; start += CHUNK_CHARACTERS)
      connection.sendCopyFromChunk(Buffer.from(lines.slice(start, start + CHUNK_CHARACTERS)));
    connection.endCopyFrom();
    connection.stream.uncork();
  }

  /** Postgres sends a row a message. */
  public handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.failure !== undefined) return;
    try {
      this.onLine(chunk.toString('utf8', 0, chunk.length - 1));
    } catch (error) {
      this.failure = error;
    }
  }

  public handleCommandComplete(): void {
    // The end is when the connection is free again.
  }

  public handleReadyForQuery(): void {
    if (this.failure === undefined) this.outcome.resolve();
    else this.outcome.reject(this.failure);
  }

  public handleError(error: unknown): void {
    this.outcome.reject(error);
  }
}
