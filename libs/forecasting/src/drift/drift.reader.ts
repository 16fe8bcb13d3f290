import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LOSS_WINDOWS } from './loss-windows.sql.js';
import {
  EVIDENCE_NEEDED,
  FALSE_ALARM_RATE,
  watchRecord,
  type DriftVerdict,
  type LossWindow,
} from './watch-record.js';

/** How a version and its baseline did on one target period, with mean absolute errors in units. */
export interface LossWindowRow extends LossWindow {
  readonly modelError: number;
  readonly baselineError: number;
}

/** A version beside its baseline. */
export interface ModelDriftRow extends DriftVerdict {
  readonly versionId: string;
  readonly evidenceNeeded: number;
  readonly falseAlarmRate: number;
  /** Windows of the whole record. */
  readonly windowCount: number;
  /** The last of them, oldest first. */
  readonly windows: readonly LossWindowRow[];
}

/** Reads how running models do beside their baseline. */
@Injectable()
export class DriftReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * The record of a version beside the seasonal naive; STEADY without windows where nothing is scored yet.
   *
   * @param last windows to give, from 1
   */
  public async find(versionId: string, last: number): Promise<ModelDriftRow> {
    const id = versionId.toLowerCase();
    const windows: LossWindowRow[] = await this.dataSource.query(LOSS_WINDOWS, [id]);
    return {
      versionId: id,
      ...watchRecord(windows),
      evidenceNeeded: EVIDENCE_NEEDED,
      falseAlarmRate: FALSE_ALARM_RATE,
      windowCount: windows.length,
      windows: windows.slice(-last),
    };
  }
}
