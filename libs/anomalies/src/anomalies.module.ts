import { Module } from '@nestjs/common';
import { AnomalyLabelService } from './labels/anomaly-label.service.js';
import { EventWatchService } from './events/event-watch.service.js';
import { ReadingWatchService } from './readings/reading-watch.service.js';
import { AnomalyReader } from './read/anomaly.reader.js';
import { AnomalyScanService } from './scan/anomaly-scan.service.js';

const PROVIDERS = [
  AnomalyLabelService,
  AnomalyReader,
  AnomalyScanService,
  EventWatchService,
  ReadingWatchService,
];

/** Anomalies of series: scans, lists, labels. Needs a TypeORM DataSource in the application. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class AnomaliesModule {}
