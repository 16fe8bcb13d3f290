import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { parseDeployment } from '@tallyhouse/chain';
import { createLogger, readConfig } from '@tallyhouse/config';
import { IndexerModule } from './indexer.module.js';
import { IndexerProcess } from './indexer-process.js';

const fallbackLogger = createLogger({ logLevel: 'info' }, 'indexer');

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config, 'indexer');
  const deployment = parseDeployment(await readFile(config.deploymentPath, 'utf8'));
  const app = await NestFactory.createApplicationContext(IndexerModule.forRoot(config, deployment), {
    logger: false,
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
  let ready = false;
  const { done } = await app.get(IndexerProcess).start(() => {
    if (ready) return;
    ready = true;
    logger.info({ event: 'ready', chainId: deployment.chainId, port: config.indexerPort || null });
  });
  await done;
}

start().catch((error: unknown) => {
  const { code, next, message } = error as { code?: string; next?: string; message: string };
  fallbackLogger.fatal({ event: 'stopped', code, next: next ?? 'STOP', problem: message });
  process.exit(1);
});
