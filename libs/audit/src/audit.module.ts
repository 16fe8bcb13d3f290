import { Module } from '@nestjs/common';

/** Audit of what is captured: findings by rules, trace, mass balance, recall. Needs a TypeORM DataSource in the application. */
@Module({ providers: [], exports: [] })
export class AuditModule {}
