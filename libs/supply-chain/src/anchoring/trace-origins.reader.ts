import { Injectable } from '@nestjs/common';
import { isTracing, MAX_ORIGINS } from '@tallyhouse/telemetry';
import { DataSource } from 'typeorm';

/** Events that are looked at for where they come from; a longer queue is told by its oldest. */
const MOST_EVENTS = 2_000;

/**
 * Where what waits for a stage was traced, so that the stage's work joins these traces. Asks nothing while tracing is
 * off.
 */
@Injectable()
export class TraceOrigins {
  public constructor(private readonly dataSource: DataSource) {}

  /** Captures of the last day whose events wait to be taken into the item graph. */
  public waitingForGraph(): Promise<string[]> {
    return this.read(
      capturesOf(`SELECT q.event_time, q.event_id FROM edge_queue q ORDER BY q.seq LIMIT ${MOST_EVENTS}`),
    );
  }

  /** Captures of the last day whose events are on chain and wait to be audited. */
  public waitingForAudit(): Promise<string[]> {
    return this.read(
      capturesOf(`SELECT q.event_time, q.event_id FROM audit_queue q
        JOIN anchor_leaf l ON l.event_id = q.event_id JOIN anchor_batch b ON b.id = l.batch_id
        JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
        ORDER BY q.seq LIMIT ${MOST_EVENTS}`),
    );
  }

  /** Batches that came on chain after the series were last made. */
  public newInSeries(): Promise<string[]> {
    return this.read(
      `SELECT b.traceparent FROM trace_anchored t
       JOIN anchor_batch b ON b.partner = t.partner AND b.root = t.root AND b.traceparent IS NOT NULL
       LEFT JOIN derivation d ON d.name = 'series' AND d.key = '' AND d.chain_id = t.chain_id
       WHERE t.block_number > coalesce(d.block_number, -1)
       ORDER BY b.id LIMIT ${MAX_ORIGINS}`,
    );
  }

  /** Batches of the last ten minutes that came on chain after the last forecast. */
  public newInForecasts(): Promise<string[]> {
    return this.read(
      `SELECT b.traceparent FROM trace_anchored t
       JOIN anchor_batch b ON b.partner = t.partner AND b.root = t.root AND b.traceparent IS NOT NULL
       WHERE b.sealed_at > now() - interval '10 minutes'
         AND t.block_number > (SELECT coalesce(max(as_of_block), -1) FROM forecast_run)
       ORDER BY b.id LIMIT ${MAX_ORIGINS}`,
    );
  }

  /** Forecast runs that are not committed. */
  public uncommitted(): Promise<string[]> {
    return this.read(
      `SELECT r.traceparent FROM forecast_run r
       WHERE r.traceparent IS NOT NULL AND r.withdrawn_at IS NULL AND r.sent_at IS NULL
       ORDER BY r.seq LIMIT ${MAX_ORIGINS}`,
    );
  }

  private async read(sql: string): Promise<string[]> {
    if (!isTracing()) return [];
    const rows: { traceparent: string }[] = await this.dataSource.query(sql);
    return rows.map(({ traceparent }) => traceparent);
  }
}

function capturesOf(events: string): string {
  return `SELECT j.traceparent FROM capture_job j
    WHERE j.traceparent IS NOT NULL AND j.created_at > now() - interval '1 day' AND j.id IN (
      SELECT e.capture_job FROM (${events}) q
      JOIN epcis_event e ON e.event_time = q.event_time AND e.id = q.event_id)
    ORDER BY j.seq LIMIT ${MAX_ORIGINS}`;
}
