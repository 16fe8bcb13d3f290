import { Injectable } from '@nestjs/common';
import { notify } from '@tallyhouse/database';
import type { QueueName } from '@tallyhouse/jobs';
import { DataSource } from 'typeorm';

/** Takes an operator's wish to the workers. */
@Injectable()
export class JobDesk {
  public constructor(private readonly dataSource: DataSource) {}

  public async run(stage: QueueName): Promise<boolean> {
    await notify(this.dataSource.manager, 'tallyhouse_stage', { stage });
    return true;
  }
}
