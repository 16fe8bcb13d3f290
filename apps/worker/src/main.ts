import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { createLogger, readConfig } from '@tallyhouse/config';
import { startTracing } from '@tallyhouse/telemetry';
import { WorkerModule } from './worker.module.js';

const config = readConfig();
const logger = createLogger(config, 'worker');
const tracing = await startTracing(config.telemetry, 'worker');

try {
  const application = await NestFactory.createApplicationContext(
    WorkerModule.forRoot(config, logger, tracing),
    {
      logger: ['error', 'warn'],
      abortOnError: false,
    },
  );
  application.enableShutdownHooks();
  logger.info({ event: 'ready' });
} catch (error) {
  logger.fatal({
    event: 'start-failed',
    error,
    advice: 'mend what the error names and start the worker again',
  });
  process.exit(1);
}
