export { artifactsConfig, type ArtifactsConfig } from './artifacts-config.js';
export { chainConfig, type ChainConfig } from './chain-config.js';
export { readConfig, type Config } from './config.js';
export { ConfigError } from './config.errors.js';
export { CONFIG, ConfigModule } from './config.module.js';
export { createLogger, type Logger } from './logger.js';
export { LossyWriter } from './lossy-writer.js';
