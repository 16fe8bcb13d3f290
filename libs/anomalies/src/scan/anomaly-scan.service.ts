import { Injectable } from '@nestjs/common';
import { seededRandom } from '@tallyhouse/compute';
import { DataSource } from 'typeorm';
import type { AnomalyParameterSet, SeriesParameters } from '../parameters/parameter-set.js';
import { closePass } from './close-pass.repository.js';
import { judgeSeries, JUDGING_SEED, type SeriesJudgement } from './judge-series.js';
import { keepSlice, openPass, standingPass } from './scan-pass.repository.js';
import type { ScanBasis, ScanPass, ScanSlice, ScanSubject } from './scan-pass.js';

const SCAN_LOCK = 0xa40;

/**
 * Looks through series as they grow, and keeps what stands out. A scan goes slice by slice: what it found is kept in the
 * database, so that memory is bounded by a slice and a worker that is killed costs one.
 */
@Injectable()
export class AnomalyScanService {
  public constructor(private readonly dataSource: DataSource) {}

  /** The scan that is under way by these parameters, if any. */
  public async standing(subject: ScanSubject, set: AnomalyParameterSet): Promise<ScanPass | null> {
    return standingPass(this.dataSource, subject, set.version);
  }

  /** Begins a scan, in place of one that other parameters began; null where the last one rested on the same. */
  public async open(
    subject: ScanSubject,
    basis: ScanBasis,
    set: AnomalyParameterSet,
  ): Promise<ScanPass | null> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SCAN_LOCK]);
      const isOpen = await openPass(manager, subject, basis, set.version);
      return isOpen ? { ...subject, ...basis, lastSeries: '', dataSha256: '' } : null;
    });
  }

  /** Judges the next slice and keeps what looks strange by itself, and how many were looked at. */
  public async take(pass: ScanPass, slice: ScanSlice, set: AnomalyParameterSet): Promise<void> {
    const judged = await judgeAll(slice, set.series);
    await this.dataSource.transaction((manager) => keepSlice(manager, pass, slice, judged, set.version));
  }

  /**
   * Ends a scan: holds the candidates of all series against each other and brings the stored anomalies to what they say now, also back
   * after a reorganisation. What no longer holds is closed at the block, not deleted. One transaction.
   *
   * @returns how many anomalies stand, or null where the series were those of the last scan or another worker ended it
   */
  public async close(
    pass: ScanPass,
    set: AnomalyParameterSet,
    block: number,
    now: Date,
  ): Promise<number | null> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SCAN_LOCK]);
      return closePass(manager, pass, set.version, block, now);
    });
  }
}

/** Judging is plain arithmetic: between two series the process answers its other callers. */
async function judgeAll(
  { series, traits }: ScanSlice,
  parameters: SeriesParameters,
): Promise<Map<string, SeriesJudgement>> {
  const judged = new Map<string, SeriesJudgement>();
  for (const one of series) {
    judged.set(one.id, judgeSeries(one, traits, seededRandom(JUDGING_SEED), parameters));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return judged;
}
