import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import type { Delivery } from './delivery.js';
import { anchoredDeliveries } from './delivery.repository.js';
import { OUTLOOK_LEVELS, type LaneOutlook, type Outlook } from './lane-outlook.js';
import { outlookInThread } from './outlook-thread.js';

const DAY_MS = 86_400_000;
const COLUMNS = {
  run_id: 'uuid',
  country: 'text',
  mode: 'text',
  supplier: 'text',
  deliveries: 'int',
  late_share: 'float8',
  late_probability: 'float8',
  arrival_days: 'float8[]',
};

/** Keeps what is to be expected of deliveries, by country, mode and supplier. */
@Injectable()
export class LeadTimeService {
  /** Deliveries of which too little was known: the same ones need not be looked at again. */
  private tooLittle?: Hex;

  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Makes the outlook anew where deliveries have come or gone since the last; the day of the question is the day after the last
   * outcome was written down, so that the same events give the same outlook. What says that it was written down after `now`
   * is left out until then: one wrong date would move the question beyond everything that is known.
   *
   * @returns how many combinations it has; null where nothing changed or too little is known, an older outlook then being gone
   */
  public async refresh(now: Date, block: number): Promise<number | null> {
    const day = Math.floor(now.getTime() / DAY_MS);
    const deliveries = (await anchoredDeliveries(this.dataSource)).filter((one) => one.recordedDay <= day);
    const digest = digestOf(deliveries);
    const [known]: { data_sha256: string }[] = await this.dataSource.query(
      'SELECT data_sha256 FROM lead_time_run',
    );
    if (known?.data_sha256 === digest || (!known && this.tooLittle === digest)) return null;
    const today = deliveries.reduce((last, { recordedDay }) => Math.max(last, recordedDay), 0) + 1;
    const outlook = deliveries.length === 0 ? null : await outlookInThread(deliveries, today);
    if (!outlook) {
      await this.dataSource.query('DELETE FROM lead_time_run');
      this.tooLittle = digest;
      return null;
    }
    await this.dataSource.transaction((manager) =>
      replace(manager, { ...outlook, today, digest, now, block, deliveries }),
    );
    return outlook.lanes.length;
  }
}

function digestOf(deliveries: readonly Delivery[]): Hex {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(deliveries)));
}

interface Made extends Outlook {
  readonly today: number;
  readonly digest: Hex;
  readonly now: Date;
  readonly block: number;
  readonly deliveries: readonly Delivery[];
}

async function replace(manager: EntityManager, made: Made): Promise<void> {
  const id = randomUUID();
  const { figures, laneFigures } = made;
  await manager.query('DELETE FROM lead_time_run');
  await manager.query(
    `INSERT INTO lead_time_run (id, data_sha256, as_of, as_of_block, deliveries, tested, levels, auc, brier, calibration_error,
       lane_auc, lane_brier, lane_calibration_error, coverage_80, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[
        id,
        made.digest,
        new Date(made.today * DAY_MS),
        made.block,
        made.deliveries.length,
        made.tested,
        OUTLOOK_LEVELS,
      ],
      ...[figures.auc, figures.brier, figures.calibrationError],
      ...[laneFigures.auc, laneFigures.brier, laneFigures.calibrationError, made.coverage80, made.now],
    ],
  );
  await bulkInsert(
    manager,
    'lead_time',
    COLUMNS,
    made.lanes.map((lane) => rowOf(id, lane)),
  );
}

const rowOf = (id: string, lane: LaneOutlook): unknown[] => [
  id,
  lane.country,
  lane.mode,
  lane.supplier,
  lane.deliveries,
  lane.lateShare,
  lane.lateProbability,
  lane.arrivalDays,
];
