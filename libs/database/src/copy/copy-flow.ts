import { once, type EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ClientBase, Connection, Submittable } from 'pg';

/** Rows come one a message; readers get them in pieces of about this many bytes. */
const PIECE_BYTES = 65_536;

/** What pg calls on a query besides what its types name. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/**
 * What a statement `COPY … TO STDOUT` gives, as a stream: rows are asked of the server as fast as they are read, so that
 * a table of any size goes through in bounded memory. The client is busy until the stream has ended; one that is
 * destroyed before reads the rest and forgets it.
 *
 * @throws DatabaseError as the statement does, as the stream's error
 * @example await pipeline(copyOutStream(client, 'COPY item TO STDOUT'), createWriteStream('item.copy'))
 */
export function copyOutStream(client: ClientBase, statement: string): Readable {
  return client.query(new CopyOutStream(statement));
}

/**
 * Feeds a statement `COPY … FROM STDIN` as fast as the server takes it in. When the source throws, the statement fails
 * and nothing of it is kept.
 *
 * @throws DatabaseError as the statement does; whatever the source throws
 * @example await copyInStream(client, 'COPY item FROM STDIN', createReadStream('item.copy'))
 */
export function copyInStream(
  client: ClientBase,
  statement: string,
  source: AsyncIterable<Buffer>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyInStream(statement, source, { resolve, reject }));
  });
}

class CopyOutStream extends Readable implements Submittable {
  private connection: Connection | undefined;
  private pieces: Buffer[] = [];
  private waiting = 0;

  public constructor(private readonly statement: string) {
    super({ highWaterMark: PIECE_BYTES * 4 });
  }

  public submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.statement);
  }

  public handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.destroyed) return;
    // pg reads the next message into the same memory.
    this.pieces.push(Buffer.from(chunk));
    this.waiting += chunk.length;
    if (this.waiting >= PIECE_BYTES && !this.pass()) this.connection?.stream.pause();
  }

  public handleCommandComplete(): void {
    // The end is when the connection is free again.
  }

  public handleReadyForQuery(): void {
    if (this.destroyed) return;
    this.pass();
    this.push(null);
  }

  public handleError(error: Error): void {
    this.destroy(error);
  }

  public override _read(): void {
    this.connection?.stream.resume();
  }

  public override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.connection?.stream.resume();
    done(error);
  }

  private pass(): boolean {
    if (this.waiting === 0) return true;
    const piece = Buffer.concat(this.pieces);
    this.pieces = [];
    this.waiting = 0;
    return this.push(piece);
  }
}

class CopyInStream implements Submittable {
  private failure: unknown;
  private over = false;

  public constructor(
    private readonly statement: string,
    private readonly source: AsyncIterable<Buffer>,
    private readonly outcome: { readonly resolve: () => void; readonly reject: (error: unknown) => void },
  ) {}

  public submit(connection: Connection): void {
    connection.query(this.statement);
  }

  public handleCopyInResponse(connection: CopyConnection): void {
    this.feed(connection).then(
      () => {
        if (!this.over) connection.endCopyFrom();
      },
      (error: unknown) => {
        this.failure ??= error;
        if (!this.over) connection.sendCopyFail('the source failed');
      },
    );
  }

  public handleCommandComplete(): void {
    // The end is when the connection is free again.
  }

  public handleReadyForQuery(): void {
    this.over = true;
    if (this.failure === undefined) this.outcome.resolve();
    else this.outcome.reject(this.failure);
  }

  /** The server says what it did not like; where the source failed, that is what it did not like. */
  public handleError(error: unknown): void {
    this.over = true;
    this.outcome.reject(this.failure ?? error);
  }

  private async feed(connection: CopyConnection): Promise<void> {
    const { stream } = connection;
    for await (const piece of this.source) {
      if (this.over) return;
      connection.sendCopyFromChunk(piece);
      // Its types name few of what a socket has.
      if ((stream as unknown as { writableNeedDrain: boolean }).writableNeedDrain)
        await firstOf(stream, ['drain', 'close']);
    }
  }
}

/** Waits for the first of some events, and leaves no listener behind for the others. */
async function firstOf(emitter: EventEmitter, names: readonly string[]): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race(names.map((name) => once(emitter, name, { signal: over.signal })));
  } finally {
    over.abort();
  }
}
