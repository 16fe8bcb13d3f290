import { copyIn } from '@tallyhouse/database';
import pg from 'pg';
import { RetryError } from '../indexer.errors.js';
import { endSilentLeader } from './silent-leader.js';

/** First key of the advisory lock, ASCII "TALY"; the second is the chain's id. */
const LOCK_SPACE = 0x54_41_4c_59;
const CONNECT_TIMEOUT_MS = 10_000;
/** How often the leader says something, so that others tell a busy one from one that is gone. */
const BEAT_INTERVAL_MS = 1_500;

/**
 * The one connection that may write what the chain says. It holds the advisory lock that makes this process the only
 * writer: when the connection goes, the lock goes with it, and so does the ability to write. A leader that is silent
 * for too long, being paused or cut off, has its connection ended by whoever stands by.
 */
export class Session {
  private lost: Error | undefined;
  private beat: NodeJS.Timeout | undefined;
  /** Told once when the connection, and with it the right to write, is gone. */
  public onLost: () => void = () => undefined;

  private constructor(private readonly client: pg.Client) {
    client.on('error', (error) => this.lose(error));
    client.on('end', () => this.lose(new Error('the connection ended')));
  }

  /** @returns undefined when another process writes this chain's rows */
  public static async open(databaseUrl: string, chainId: number): Promise<Session | undefined> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'tallyhouse-indexer',
    });
    const session = new Session(client);
    try {
      await client.connect();
      await client.query(`SET timezone = 'UTC'`);
      const [lock] = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
        LOCK_SPACE,
        chainId,
      ]);
      if (lock?.held) return session.beating();
      await endSilentLeader(session, LOCK_SPACE, chainId);
      await session.close();
      return undefined;
    } catch (cause) {
      await session.close();
      throw unavailable(cause);
    }
  }

  public get usable(): boolean {
    return this.lost === undefined;
  }

  /** @param name of a statement that is asked again and again, so that it is planned once */
  public async query<Row>(sql: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    const result = await this.client.query({ name, text: sql, values: [...values] }).catch(this.failed);
    return result.rows as Row[];
  }

  /** Writes lines of COPY's text format. */
  public async copyIn(statement: string, lines: string): Promise<void> {
    await copyIn(this.client, statement, lines).catch(this.failed);
  }

  /** Runs `work` in one transaction; whatever it throws is thrown on, and nothing of it stays. */
  public async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.query('BEGIN');
    try {
      const result = await work();
      await this.query('COMMIT');
      return result;
    } catch (error) {
      await this.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private readonly failed = (cause: unknown): never => {
    throw this.lost || isConnectionFailure(cause) ? unavailable(cause) : cause;
  };

  public async close(): Promise<void> {
    this.onLost = () => undefined;
    this.lose(new Error('closed'));
    await this.client.end().catch(() => undefined);
  }

  /** A failed beat shows as the connection's own error. */
  private beating(): this {
    this.beat = setInterval(
      () => void this.client.query('SELECT 1').catch(() => undefined),
      BEAT_INTERVAL_MS,
    );
    this.beat.unref();
    return this;
  }

  private lose(error: Error): void {
    if (this.lost) return;
    this.lost = error;
    clearInterval(this.beat);
    this.onLost();
  }
}

/** Classes 08 (connection), 53 (resources), 57 (operator) and 40 (serialisation) pass by themselves. */
function isConnectionFailure(cause: unknown): boolean {
  const code = (cause as { code?: string }).code ?? '';
  return /^(08|53|57|40)/.test(code) || /^E[A-Z]+$/.test(code);
}

function unavailable(cause: unknown): RetryError {
  const said = cause instanceof Error ? cause.message || (cause as { code?: string }).code : String(cause);
  return new RetryError('DATABASE_UNAVAILABLE', `the database could not be used (${said})`, { cause });
}
