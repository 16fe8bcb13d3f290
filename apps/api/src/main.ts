import 'reflect-metadata';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, readConfig, type Config, type Logger } from '@tallyhouse/config';
import { startTracing } from '@tallyhouse/telemetry';
import { createApp } from './create-app.js';
import { Readiness } from './shared/telemetry/readiness.js';

const SHUTDOWN_TIMEOUT_MS = 4_500;
/** `dist/web`, seen from `dist/apps/api/src`. */
const WEB_FOLDER = resolve(import.meta.dirname, '../../../web');

try {
  await start();
} catch (error) {
  createLogger({ logLevel: 'info' }, 'api').fatal({ event: 'start-failed', err: error });
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config, 'api');
  const tracing = await startTracing(config.telemetry, 'api');
  const { app, servesWeb } = await createApp(config, WEB_FOLDER);
  await app.listen(config.apiPort, config.apiHost);
  const readiness = app.get(Readiness);
  exitOnSignal(
    logger,
    config,
    () => readiness.end(),
    async () => {
      await app.close();
      await tracing.stop();
    },
  );
  if (!servesWeb) logger.warn({ event: 'web-missing', folder: WEB_FOLDER, next: 'npm run build:web' });
  logger.info({ event: 'ready', url: await app.getUrl() });
}

/**
 * Says that it is not ready, answers for as long as the balancer may need to see that, then ends in order: at the latest
 * {@link SHUTDOWN_TIMEOUT_MS} later, whatever a client still holds open.
 */
function exitOnSignal(
  logger: Logger,
  { telemetry: { shutdownDrainMs } }: Pick<Config, 'telemetry'>,
  announce: () => void,
  close: () => Promise<void>,
): void {
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    logger.info({ event: 'stopping', signal });
    announce();
    await delay(shutdownDrainMs);
    setTimeout(() => process.exit(0), SHUTDOWN_TIMEOUT_MS).unref();
    await close();
    process.exit(0);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    stop(signal).catch((error: unknown) => {
      logger.error({ event: 'stop-failed', err: error });
      process.exit(1);
    });
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
}
