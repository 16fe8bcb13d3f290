import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { ReplicationMode } from 'typeorm';
import { mentionsOf, readsPartnerData } from './mentions.js';
import { currentScope, type Scope } from './scope.js';
import { anonymous, viewerSettings, type Viewer } from './viewer.js';

type IsolationLevel = Parameters<PostgresQueryRunner['startTransaction']>[0];

/** What a statement outside any scope runs as. */
export type Outside = 'OWNER' | 'ANONYMOUS';

interface Name {
  readonly scope: Scope;
  readonly viewer: Viewer;
}

const NOBODY: Scope = {
  role: 'tallyhouse_reader',
  viewer: () => Promise.resolve(anonymous),
  operation: () => 'none',
};

/**
 * Runs each transaction, and each statement that stands alone, under the role and for the viewer of the scope it is in. What was
 * read by a grant is noted before the transaction commits, and so before anybody is answered.
 */
export class ScopedQueryRunner extends PostgresQueryRunner {
  /** In whose name the open transaction is; undefined for the owner's. */
  private name: Name | undefined;
  /** The last statement that stands alone; the next one waits for it, since each is a transaction. */
  private turn: Promise<unknown> = Promise.resolve();

  public constructor(
    driver: PostgresDriver,
    mode: ReplicationMode,
    private readonly outside: Outside,
  ) {
    super(driver, mode);
  }

  public override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    if (this.isTransactionActive) return super.startTransaction(isolationLevel);
    const name = await this.nameOf();
    await super.startTransaction(isolationLevel);
    this.name = name;
    if (name) await super.query(settingsOf(name));
  }

  public override async query(
    sql: string,
    parameters?: unknown[],
    useStructuredResult?: boolean,
  ): Promise<unknown> {
    const run = (): Promise<unknown> => super.query(sql, parameters, useStructuredResult);
    if (this.isTransactionActive) return this.noted(sql, this.name, await run());
    const name = await this.nameOf();
    if (!name) return run();
    const result = this.turn.then(() => this.alone(sql, name, run));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async alone(sql: string, name: Name, run: () => Promise<unknown>): Promise<unknown> {
    await super.query(`BEGIN; ${settingsOf(name)}`);
    try {
      const result = await this.noted(sql, name, await run());
      await super.query('COMMIT');
      return result;
    } catch (error) {
      await super.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async noted(sql: string, name: Name | undefined, result: unknown): Promise<unknown> {
    if (!name?.viewer.hasGrants || name.scope.role === 'tallyhouse_keeper' || !readsPartnerData(sql))
      return result;
    const { rowNumbers, names } = mentionsOf(result);
    if (names.length > 0) {
      await super.query('SELECT note_reads($1, $2::integer[], $3::text[])', [
        name.scope.operation(),
        rowNumbers,
        names,
      ]);
    }
    return result;
  }

  private async nameOf(): Promise<Name | undefined> {
    const scope = currentScope() ?? (this.outside === 'ANONYMOUS' ? NOBODY : undefined);
    if (!scope) return undefined;
    return { scope, viewer: scope.role === 'tallyhouse_keeper' ? anonymous : await scope.viewer() };
  }
}

function settingsOf({ scope, viewer }: Name): string {
  return viewerSettings(scope.role, viewer);
}
