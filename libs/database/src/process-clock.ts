import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseClock } from './database-clock.js';

/** The process's one {@link DatabaseClock}, from its start to its end. */
@Injectable()
export class ProcessClock extends DatabaseClock implements OnModuleInit, OnModuleDestroy {
  public constructor(dataSource: DataSource) {
    super(dataSource);
  }

  public onModuleInit(): Promise<void> {
    return this.start();
  }

  public onModuleDestroy(): void {
    this.stop();
  }
}
