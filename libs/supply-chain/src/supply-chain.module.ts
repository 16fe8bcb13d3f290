import { Module } from '@nestjs/common';
import { AnchorRepository } from './anchoring/anchor.repository.js';
import { RebuildService } from './anchoring/rebuild.service.js';
import { SealingService } from './anchoring/sealing.service.js';
import { CaptureService } from './capture/capture.service.js';
import { CorrectionReader } from './capture/correction.reader.js';
import { CompanyPrefixRepository } from './sender/company-prefix.repository.js';
import { AnchorBacklogReader } from './read/anchor-backlog.reader.js';
import { ProfileRepository } from './sender/profile.repository.js';

const SERVICES = [
  AnchorBacklogReader,
  AnchorRepository,
  CaptureService,
  CompanyPrefixRepository,
  CorrectionReader,
  ProfileRepository,
  RebuildService,
  SealingService,
];

/** Capture of events and their way to the chain. Needs a TypeORM DataSource in the application. */
@Module({
  providers: SERVICES,
  exports: SERVICES,
})
export class SupplyChainModule {}
