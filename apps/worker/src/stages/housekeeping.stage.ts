import type { Config, Logger } from '@tallyhouse/config';
import { coverYears } from '@tallyhouse/database';
import { forgetDocuments, forgetRefusals } from '@tallyhouse/supply-chain';
import { forgetDeliveries } from '@tallyhouse/webhooks';
import type { DataSource, EntityManager } from 'typeorm';

const DAY_MS = 86_400_000;
/** Stages are asked for every few seconds; the house is looked after once an hour, by one worker. */
const INTERVAL = '1 hour';
const HOUSE_LOCK = 0x40e5;
const YEARS_AHEAD = 5;
const PARTITIONED = ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest'] as const;

type Kind = 'DOCUMENTS' | 'REFUSALS' | 'DELIVERIES';
/** Clears away some, and says how many: none when there are no more. */
type Forget = (manager: EntityManager, before: Date) => Promise<number>;

/** Makes partitions of the years to come, and clears away what the operator does not want kept and no proof needs. */
export class HousekeepingStage {
  public constructor(
    private readonly retention: Config['retention'],
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
  ) {}

  /**
   * Does nothing within an hour of the last time that all of it was done, whoever did it, and nothing while another worker
   * is at it.
   */
  public async run(now: Date): Promise<void> {
    // The work has transactions of its own; this one holds the lock, and says at its end that all was looked at.
    await this.dataSource.transaction(async (manager) => {
      const [{ free }]: [{ free: boolean }] = await manager.query(
        'SELECT pg_try_advisory_xact_lock($1) AS free',
        [HOUSE_LOCK],
      );
      if (!free || !(await isDue(manager, now))) return;
      await this.lookAfter(now);
      await manager.query(
        `WITH older AS (DELETE FROM housekeeping WHERE kind = 'LOOK')
         INSERT INTO housekeeping (done_at, kind, count) VALUES ($1, 'LOOK', 0)`,
        [now],
      );
    });
  }

  private async lookAfter(now: Date): Promise<void> {
    await this.cover(now);
    const { documentsDays, refusalsDays, deliveriesDays } = this.retention;
    await this.forget('DOCUMENTS', documentsDays, now, forgetDocuments);
    await this.forget('REFUSALS', refusalsDays, now, forgetRefusals);
    await this.forget('DELIVERIES', deliveriesDays, now, forgetDeliveries);
  }

  private async cover(now: Date): Promise<void> {
    const year = now.getUTCFullYear();
    for (const table of PARTITIONED) {
      await this.dataSource.transaction(async (manager) => {
        const made = await coverYears(manager, table, year, year + YEARS_AHEAD);
        if (made.length === 0) return;
        await note(manager, 'PARTITIONS', null, made.length, now);
        this.logger.info({ event: 'partitions-made', table, years: made });
      });
    }
  }

  private async forget(kind: Kind, days: number | undefined, now: Date, forget: Forget): Promise<void> {
    if (days === undefined) return;
    const before = new Date(now.getTime() - days * DAY_MS);
    let [noted, sum]: [string | undefined, number] = [undefined, 0];
    // What is cleared away is committed with the word of it: locks are short, and a failure later undoes nothing.
    const some = (): Promise<number> =>
      this.dataSource.transaction(async (manager) => {
        const count = await forget(manager, before);
        if (count === 0) return 0;
        if (noted === undefined) noted = await note(manager, kind, before, count, now);
        else await manager.query('UPDATE housekeeping SET count = count + $2 WHERE seq = $1', [noted, count]);
        return count;
      });
    for (let count = await some(); count > 0; count = await some()) sum += count;
    if (sum > 0) this.logger.info({ event: 'cleared-away', kind, before, count: sum });
  }
}

async function isDue(manager: EntityManager, now: Date): Promise<boolean> {
  const [{ due }]: [{ due: boolean }] = await manager.query(
    `SELECT NOT EXISTS (
       SELECT 1 FROM housekeeping WHERE kind = 'LOOK' AND done_at > $1::timestamptz - interval '${INTERVAL}') AS due`,
    [now],
  );
  return due;
}

/** @returns the row that was written */
async function note(
  manager: EntityManager,
  kind: Kind | 'PARTITIONS',
  before: Date | null,
  count: number,
  now: Date,
): Promise<string> {
  const [{ seq }]: [{ seq: string }] = await manager.query(
    'INSERT INTO housekeeping (done_at, kind, before, count) VALUES ($1, $2, $3, $4) RETURNING seq',
    [now, kind, before, count],
  );
  return seq;
}
