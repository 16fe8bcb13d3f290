import { Module } from '@nestjs/common';
import { CustodyStatementReader } from './custody/custody-statement.reader.js';
import { CustodyReader } from './custody/custody.reader.js';
import { BalanceReader } from './mass-balance/balance.reader.js';
import { ProductMeasureRepository } from './mass-balance/product-measure.repository.js';
import { RecallDrillService } from './recall/recall-drill.service.js';
import { RecallOutbox } from './recall/recall-outbox.repository.js';
import { RecallPreviewReader } from './recall/recall-preview.reader.js';
import { RecallProgressReader } from './recall/recall-progress.reader.js';
import { RecallReader } from './recall/recall.reader.js';
import { RecallService } from './recall/recall.service.js';
import { FsmaReader } from './reports/fsma/fsma.reader.js';
import { ItemReportReader } from './reports/item/item-report.reader.js';
import { ContentsReader } from './trace/contents.reader.js';
import { AuditReferenceReader } from './findings/audit-reference.reader.js';
import { AuditRunService } from './findings/audit-run.service.js';
import { AuditedEventReader } from './findings/audited-event.reader.js';
import { FindingStore } from './findings/finding-store.service.js';
import { FindingReader } from './findings/finding.reader.js';
import { RuleSettingReader } from './findings/rule-setting.reader.js';
import { EdgeBuilder } from './trace/edge-builder.service.js';
import { PositionReader } from './trace/position.reader.js';
import { TraceReader } from './trace/trace.reader.js';

const PROVIDERS = [
  AuditReferenceReader,
  AuditRunService,
  AuditedEventReader,
  BalanceReader,
  ContentsReader,
  CustodyReader,
  CustodyStatementReader,
  EdgeBuilder,
  FindingReader,
  FindingStore,
  FsmaReader,
  ItemReportReader,
  PositionReader,
  ProductMeasureRepository,
  RecallDrillService,
  RecallOutbox,
  RecallPreviewReader,
  RecallProgressReader,
  RecallReader,
  RecallService,
  RuleSettingReader,
  TraceReader,
];

/** Audit of what is captured: findings by rules, trace, mass balance, recall. Needs a TypeORM DataSource in the application. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class AuditModule {}
