import { Module } from '@nestjs/common';
import { EdgeBuilder } from './trace/edge-builder.service.js';

/** Audit of what is captured: findings by rules, trace, mass balance, recall. Needs a TypeORM DataSource in the application. */
@Module({ providers: [EdgeBuilder], exports: [EdgeBuilder] })
export class AuditModule {}
