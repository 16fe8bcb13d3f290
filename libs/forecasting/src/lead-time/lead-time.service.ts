import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import type { Delivery } from './delivery.js';
import { deliveriesKnown } from './deliveries-known.js';
import { anchoredDeliveries } from './delivery.repository.js';
import { OUTLOOK_LEVELS, type LaneOutlook, type Outlook } from './lane-outlook.js';
import type { LearnedLateness } from './lateness-model.js';
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

/** The version in force. */
export interface VotedLateness {
  readonly artifactSha256: Hex;
  readonly learned: LearnedLateness;
}

/** Keeps what is to be expected of deliveries, by country, mode and supplier. */
@Injectable()
export class LeadTimeService {
  /** Deliveries and version of which too little was known: the same ones need not be looked at again. */
  private tooLittle?: string;

  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Makes the outlook anew where deliveries have come or gone since the last, or another version tells it; the day of the question is the day after the last
   * outcome was written down, so that the same events and the same version give the same outlook.
   *
   * @param version without one trees are grown anew from all that is known
   * @returns how many combinations it has; null where nothing changed or too little is known, an older outlook then being gone
   */
  public async refresh(now: Date, block: number, version?: VotedLateness): Promise<number | null> {
    const { deliveries, today } = deliveriesKnown(await anchoredDeliveries(this.dataSource), now);
    const digest = digestOf(deliveries);
    const artifactSha256 = version?.artifactSha256 ?? null;
    const [known]: { digest: string; artifactSha256: Hex | null }[] = await this.dataSource.query(
      'SELECT data_sha256 AS digest, artifact_sha256 AS "artifactSha256" FROM lead_time_run',
    );
    if (known?.digest === digest && known.artifactSha256 === artifactSha256) return null;
    const asked = `${digest} ${artifactSha256}`;
    if (!known && this.tooLittle === asked) return null;
    const outlook =
      deliveries.length === 0
        ? null
        : await outlookInThread({ deliveries, today, version: version?.learned });
    if (!outlook) {
      await this.dataSource.query('DELETE FROM lead_time_run');
      this.tooLittle = asked;
      return null;
    }
    await this.dataSource.transaction((manager) =>
      replace(manager, { ...outlook, artifactSha256, today, digest, now, block, deliveries }),
    );
    return outlook.lanes.length;
  }
}

function digestOf(deliveries: readonly Delivery[]): Hex {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(deliveries)));
}

interface Made extends Outlook {
  readonly artifactSha256: Hex | null;
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
       lane_auc, lane_brier, lane_calibration_error, coverage_80, made_at,
       artifact_sha256, is_version_tested)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
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
      ...[made.artifactSha256, made.isVersionTested],
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
