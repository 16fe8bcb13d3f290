import type { Config, Logger } from '@tallyhouse/config';
import { coverYears } from '@tallyhouse/database';
import { forgetDocuments, forgetRefusals } from '@tallyhouse/supply-chain';
import { forgetDeliveries } from '@tallyhouse/webhooks';
import type { DataSource, EntityManager } from 'typeorm';

const DAY_MS = 86_400_000;
/** Stages are asked for every few seconds; the house is looked after once an hour, by one worker. */
const INTERVAL = '1 hour';
const YEARS_AHEAD = 5;
const PARTITIONED = ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest'] as const;

type Kind = 'DOCUMENTS' | 'REFUSALS' | 'DELIVERIES';
type Forget = (manager: EntityManager, before: Date) => Promise<number>;

/** Makes partitions of the years to come, and clears away what the operator does not want kept and no proof needs. */
export class HousekeepingStage {
  public constructor(
    private readonly retention: Config['retention'],
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
  ) {}

  /** Does nothing within an hour of the last time, whoever did it. */
  public async run(now: Date): Promise<void> {
    if (!(await this.isDue(now))) return;
    await this.cover(now);
    const { documentsDays, refusalsDays, deliveriesDays } = this.retention;
    await this.forget('DOCUMENTS', documentsDays, now, forgetDocuments);
    await this.forget('REFUSALS', refusalsDays, now, forgetRefusals);
    await this.forget('DELIVERIES', deliveriesDays, now, forgetDeliveries);
  }

  private async isDue(now: Date): Promise<boolean> {
    const [row]: [{ due: boolean }] = await this.dataSource.query(
      `WITH looked AS (
         INSERT INTO housekeeping (done_at, kind, count)
         SELECT $1, 'LOOK', 0 WHERE NOT EXISTS (
           SELECT 1 FROM housekeeping WHERE kind = 'LOOK' AND done_at > $1::timestamptz - interval '${INTERVAL}')
         RETURNING 1), older AS (
         DELETE FROM housekeeping WHERE kind = 'LOOK' AND done_at < $1::timestamptz - interval '${INTERVAL}')
       SELECT EXISTS (SELECT 1 FROM looked) AS due`,
      [now],
    );
    return row.due;
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
    await this.dataSource.transaction(async (manager) => {
      const count = await forget(manager, before);
      if (count === 0) return;
      await note(manager, kind, before, count, now);
      this.logger.info({ event: 'cleared-away', kind, before, count });
    });
  }
}

async function note(
  manager: EntityManager,
  kind: Kind | 'PARTITIONS',
  before: Date | null,
  count: number,
  now: Date,
): Promise<void> {
  await manager.query('INSERT INTO housekeeping (done_at, kind, before, count) VALUES ($1, $2, $3, $4)', [
    ...[now, kind, before, count],
  ]);
}
