import { Module } from '@nestjs/common';
import { CaptureJobListReader } from './capture-job-list.reader.js';
import { EventExportReader } from '../export/event-export.reader.js';
import { EventQueryReader } from './event-query.reader.js';
import { NamedQueryRepository } from './named-query.repository.js';
import { SubscriptionRepository } from '../subscription/subscription.repository.js';
import { SubscriptionRound } from '../subscription/subscription-round.service.js';
import { VocabularyReader } from './vocabulary.reader.js';

const PROVIDERS = [
  EventExportReader,
  EventQueryReader,
  VocabularyReader,
  NamedQueryRepository,
  CaptureJobListReader,
  SubscriptionRepository,
  SubscriptionRound,
];

/** EPCIS queries over what is stored, and subscriptions to them. Needs a TypeORM DataSource in the application. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class EventQueryModule {}
