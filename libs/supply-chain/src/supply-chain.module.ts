import { Module } from '@nestjs/common';
import { AnchorRepository } from './anchoring/anchor.repository.js';
import { SealingService } from './anchoring/sealing.service.js';
import { CaptureService } from './capture/capture.service.js';
import { CorrectionReader } from './capture/correction.reader.js';

/** Capture of events and their way to the chain. Needs a TypeORM DataSource in the application. */
@Module({
  providers: [CaptureService, CorrectionReader, SealingService, AnchorRepository],
  exports: [CaptureService, CorrectionReader, SealingService, AnchorRepository],
})
export class SupplyChainModule {}
