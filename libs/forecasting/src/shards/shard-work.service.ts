import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { closeRun } from './close-run.repository.js';
import { forecastShard, type ModelOf } from './forecast-shard.repository.js';
import { openPlan } from './open-plan.repository.js';
import { settleRun } from './settle-run.repository.js';
import { dueShares, shareName, shareOf } from './shares.repository.js';
import { writeShard } from './write-shard.repository.js';

/**
 * Does the shares of runs in shards. Every share ends in one transaction that finds out whether it was done already: one that
 * is taken twice, because its worker was thought dead, changes nothing the second time.
 */
@Injectable()
export class ShardWorkService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Names of the shares that can be done now, by any worker.
   *
   * @param isShadow of the runs of candidates, which wait for those of versions in force
   */
  public async due(isShadow = false): Promise<string[]> {
    return (await dueShares(this.dataSource, isShadow)).map(shareName);
  }

  /**
   * Does one share; nothing when it is done or its plan is closed.
   *
   * @param name from {@link due}
   * @param modelOf opens the model of an artifact
   */
  public async run(name: string, modelOf: ModelOf): Promise<void> {
    const share = shareOf(name);
    const plan = share && (await openPlan(this.dataSource, share.runId));
    if (!plan) return;
    const { step, shard = 0 } = share;
    if (step === 'forecast') await forecastShard(this.dataSource, plan, shard, modelOf);
    else if (step === 'settle') await settleRun(this.dataSource, plan, modelOf);
    else if (step === 'write') await writeShard(this.dataSource, plan, shard);
    else await closeRun(this.dataSource, plan);
  }
}
