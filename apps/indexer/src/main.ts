import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { NestFactory } from '@nestjs/core';
import { createLogger, readConfig } from '@tallyhouse/config';
import { startTracing } from '@tallyhouse/telemetry';
import { IndexerModule } from './indexer.module.js';
import { IndexerProcess } from './indexer-process.js';
import { readChains } from './read-chains.js';

// What is fetched lives for moments: a young generation that does not grow costs no time and half the memory.
setFlagsFromString('--semi-space-growth-factor=1');

const fallbackLogger = createLogger({ logLevel: 'info' }, 'indexer');

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config, 'indexer');
  const tracing = await startTracing(config.telemetry, 'indexer');
  const chains = await readChains(config, process.env);
  const app = await NestFactory.createApplicationContext(IndexerModule.forRoot(config, chains, tracing), {
    logger: false,
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGINT', 'SIGTERM'], { useProcessExit: true });
  let ready = false;
  const { done } = await app.get(IndexerProcess).start(() => {
    if (ready) return;
    ready = true;
    const chainIds = chains.map(({ deployment }) => deployment.chainId);
    logger.info({ event: 'ready', chainIds, port: config.indexerPort || null });
  });
  await done;
}

start().catch((error: unknown) => {
  const { code, next, message } = error as { code?: string; next?: string; message: string };
  fallbackLogger.fatal({ event: 'stopped', code, next: next ?? 'STOP', problem: message });
  process.exit(1);
});
