import { Injectable } from '@nestjs/common';
import { addDelivery } from '@tallyhouse/webhooks';
import { DataSource, type EntityManager } from 'typeorm';
import { LOSS_WINDOWS } from './loss-windows.sql.js';
import { watchRecord, type DriftVerdict, type LossWindow } from './watch-record.js';

/** A webhook that is told when a model falls behind its baseline; it belongs to no partner. */
export const MODEL_WEBHOOK = {
  purpose: 'models',
  partner: 'public',
  signatureHeader: 'x-tallyhouse-signature',
  keepsHistory: false,
} as const;

/** A model that fell behind its baseline. */
export interface DriftAlarm {
  readonly versionId: string;
  readonly family: string;
  /** The period whose outcome settled it. */
  readonly targetStart: Date;
  readonly evidence: number;
}

const WATCH_LOCK = 0xd21f7;

/** Watches the track record of every model that has one. */
@Injectable()
export class DriftService {
  /** The record that was judged last. */
  private judged?: string;

  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Judges every record anew where any changed since this object last did, and brings the stored alarms to what the records say,
   * also back after a reorganisation. One transaction with the messages to webhooks, so that each alarm is told once.
   *
   * @returns alarms that are new
   */
  public async watch(now: Date): Promise<DriftAlarm[]> {
    const [{ record }]: [{ record: string }] = await this.dataSource.query(RECORD);
    if (record === this.judged) return [];
    const raised = await this.judge(now);
    this.judged = record;
    return raised;
  }

  private judge(now: Date): Promise<DriftAlarm[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [WATCH_LOCK]);
      const versions: { versionId: string; family: string }[] = await manager.query(RECORDED);
      const raised: DriftAlarm[] = [];
      for (const version of versions) {
        const verdict = watchRecord(await windowsOf(manager, version.versionId));
        const alarm = await keep(manager, version, verdict, now);
        if (alarm) raised.push(alarm);
      }
      for (const alarm of raised) await tell(manager, alarm, now);
      return raised;
    });
  }
}

/** Differs where scores were given or taken back, or runs withdrawn or confirmed: replaying the records costs far more. */
const RECORD = `
  SELECT concat_ws(' ', (SELECT count(*) || ' ' || max(scored_at) FROM forecast_score),
                        (SELECT count(*) || ' ' || max(withdrawn_at) FROM forecast_run WHERE withdrawn_at IS NOT NULL)) AS record`;

const RECORDED = `
  SELECT r.version_id AS "versionId", min(r.family) AS family FROM forecast_run r
  WHERE (NOT r.is_shadow AND EXISTS (SELECT FROM forecast_score s WHERE s.run_id = r.id))
     OR EXISTS (SELECT FROM model_drift_alarm a WHERE a.version_id = r.version_id)
  GROUP BY r.version_id ORDER BY r.version_id`;

function windowsOf(manager: EntityManager, versionId: string): Promise<LossWindow[]> {
  return manager.query(LOSS_WINDOWS, [versionId]);
}

async function keep(
  manager: EntityManager,
  { versionId, family }: { readonly versionId: string; readonly family: string },
  { state, since, evidenceBehind }: DriftVerdict,
  now: Date,
): Promise<DriftAlarm | undefined> {
  if (state !== 'BEHIND' || !since) {
    await manager.query('DELETE FROM model_drift_alarm WHERE version_id = $1', [versionId]);
    return undefined;
  }
  const rows: unknown[] = await manager.query(
    `INSERT INTO model_drift_alarm (version_id, family, target_start, evidence, raised_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (version_id) DO UPDATE SET target_start = EXCLUDED.target_start, evidence = EXCLUDED.evidence
     RETURNING xmax = 0 AS fresh`,
    [versionId, family, since, evidenceBehind, now],
  );
  const [{ fresh }] = rows as [{ fresh: boolean }];
  return fresh ? { versionId, family, targetStart: since, evidence: evidenceBehind } : undefined;
}

async function tell(manager: EntityManager, alarm: DriftAlarm, now: Date): Promise<void> {
  const endpoints: { id: string }[] = await manager.query(
    'SELECT id FROM webhook_endpoint WHERE purpose = $1 ORDER BY created_at, id',
    [MODEL_WEBHOOK.purpose],
  );
  const body = new TextEncoder().encode(JSON.stringify({ type: 'model.behind-baseline', ...alarm }));
  for (const { id } of endpoints)
    await addDelivery(manager, { endpointId: id, contentType: 'application/json', body }, now);
}
