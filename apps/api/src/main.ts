import 'reflect-metadata';
import { resolve } from 'node:path';
import { createLogger, readConfig, type Logger } from '@tallyhouse/config';
import pino from 'pino';
import { createApp } from './create-app.js';

const SHUTDOWN_TIMEOUT_MS = 4_500;
/** `dist/web`, seen from `dist/apps/api/src`. */
const WEB_FOLDER = resolve(import.meta.dirname, '../../../web');

try {
  await start();
} catch (error) {
  pino({ name: 'api' }).fatal({ event: 'start-failed', err: error });
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config, 'api');
  const { app, servesWeb } = await createApp(config, WEB_FOLDER);
  await app.listen(config.apiPort, config.apiHost);
  exitOnSignal(logger, () => app.close());
  if (!servesWeb) logger.warn({ event: 'web-missing', folder: WEB_FOLDER, next: 'npm run build:web' });
  logger.info({ event: 'ready', url: await app.getUrl() });
}

/** Ends in order, and at the latest after {@link SHUTDOWN_TIMEOUT_MS}, whatever a client still holds open. */
function exitOnSignal(logger: Logger, close: () => Promise<void>): void {
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ event: 'stopping', signal });
    setTimeout(() => process.exit(0), SHUTDOWN_TIMEOUT_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ event: 'stop-failed', err: error });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
