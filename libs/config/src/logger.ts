import pino, { type Logger } from 'pino';
import type { Config } from './config.js';

/** The one logger: JSON lines on standard output, secrets redacted by name. */
export function createLogger(config: Pick<Config, 'logLevel'>, name: string): Logger {
  return pino({
    name,
    level: config.logLevel,
    redact: [
      'databaseUrl',
      'relayerPrivateKey',
      'ballotPrivateKey',
      '*.databaseUrl',
      '*.relayerPrivateKey',
      '*.ballotPrivateKey',
      '*.privateKey',
      'privateKey',
    ],
  });
}

export type { Logger };
