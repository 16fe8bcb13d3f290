import { resolve } from 'node:path';
import { z } from 'zod';
import { accounts } from './accounts.js';
import { artifactsConfig, artifactVariables, type ArtifactsConfig } from './artifacts-config.js';
import { chainVariables, type ChainConfig } from './chain-config.js';
import { ConfigError } from './config.errors.js';
import { limitVariables, rateLimitsOf, type RateLimitConfig } from './limits-config.js';
import { retentionOf, retentionVariables, type RetentionConfig } from './retention-config.js';
import { telemetryOf, telemetryVariables, type TelemetryConfig } from './telemetry-config.js';
import {
  walletConnectOf,
  walletConnectVariables,
  type WalletConnectConfig,
} from './wallet-connect-config.js';

const privateKey = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'expected 0x and 64 hexadecimal digits')
  .transform((key) => key as `0x${string}`);

/** Origins with commas between. */
const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((origin) => new URL(origin).origin)));

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ...chainVariables,
  TALLYHOUSE_DEPLOYMENT: z.string().min(1),
  TALLYHOUSE_STATE_DIR: z.string().min(1).default('.tallyhouse'),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  INDEXER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  RELAYER_PRIVATE_KEY: z.preprocess((key) => (key === '' ? undefined : key), privateKey.optional()),
  BALLOT_PRIVATE_KEY: z.preprocess((key) => (key === '' ? undefined : key), privateKey.optional()),
  BALLOT_GAS_A_DAY: z.coerce.number().int().min(0).max(1e12).default(20_000_000),
  BALLOTS_A_VOTER_A_DAY: z.coerce.number().int().min(1).max(10_000).default(20),
  BALLOT_ATTEMPTS_AN_HOUR: z.coerce.number().int().min(1).max(1_000_000).default(60),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(16).default(0),
  ANCHOR_BATCH_SIZE: z.coerce.number().int().min(1).max(65_536).default(1_024),
  ANCHOR_INTERVAL_MS: z.coerce.number().int().min(50).max(3_600_000).default(2_000),
  ANCHOR_PAYLOAD: z.enum(['off', 'on']).default('off'),
  TX_STUCK_AFTER_MS: z.coerce.number().int().min(100).max(86_400_000).default(60_000),
  TX_MAX_FEE_GWEI: z.coerce.number().min(0.001).max(1_000_000).default(500),
  WEBHOOK_TRUSTED_ORIGINS: origins,
  PUBLIC_ORIGINS: origins,
  CORS_ORIGINS: origins,
  OPERATOR_ACCOUNTS: accounts,
  PERSISTED_QUERIES: z.string().default(''),
  PARTNER_DATA: z.enum(['private', 'open']).default('private'),
  ...limitVariables,
  ...telemetryVariables,
  ...artifactVariables,
  ...walletConnectVariables,
  ...retentionVariables,
  FORECAST_HORIZON: z.coerce.number().int().min(1).max(365).default(8),
  FORECAST_SHARD_SERIES: z.coerce.number().int().min(1).max(20_000).default(1_000),
  TALLYHOUSE_DEVICE: z
    .string()
    .regex(
      /^(auto|((onnxruntime|tensorflow):)?(cpu|cuda|webgpu|wasm))?$/,
      'expected auto, cpu, cuda, webgpu, wasm, or such as tensorflow:cpu',
    )
    .optional(),
  TEXT_ENCODER: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Everything a process may know of its environment, parsed once. Times in milliseconds. */
export interface Config extends ChainConfig {
  readonly databaseUrl: string;
  readonly deploymentPath: string;
  /** One for each chain that is indexed; the first is the one that the other programs work on. */
  readonly deploymentPaths: readonly string[];
  readonly stateDir: string;
  readonly artifactDir: string;
  readonly artifacts: ArtifactsConfig;
  readonly apiHost: string;
  readonly apiPort: number;
  readonly indexerPort: number;
  /** Under which people reach the api; at least one. */
  readonly publicOrigins: readonly string[];
  /** Whose pages may read answers besides. */
  readonly corsOrigins: readonly string[];
  /** Who signs in as one of these may see what jobs failed with, and ask for them again. */
  readonly operatorAccounts: readonly string[];
  /** Undefined where wallets of phones are not offered. */
  readonly walletConnect: WalletConnectConfig | undefined;
  readonly rateLimits: RateLimitConfig;
  readonly telemetry: TelemetryConfig;
  readonly retention: RetentionConfig;
  /** File with the SHA-256 of each operation that may run; undefined lets all run. */
  readonly persistedQueriesPath: string | undefined;
  /** What partners that did not choose show: nothing but what they granted, or everything to everybody. */
  readonly partnerData: 'private' | 'open';
  readonly relayerPrivateKey: `0x${string}` | undefined;
  /** Pays for members' signed ballots; without it none are relayed. */
  readonly ballotPrivateKey: `0x${string}` | undefined;
  /** Gas that relayed ballots may take in 24 hours, all together. */
  readonly ballotGasADay: number;
  readonly ballotsAVoterADay: number;
  /** Ballots handed in from one network address in an hour, refused ones among them. */
  readonly ballotAttemptsAnHour: number;
  /** Proxies in front of the api whose word on where a request comes from is taken. */
  readonly trustedProxies: number;
  readonly anchorBatchSize: number;
  readonly anchorIntervalMs: number;
  /** Whether events ride on chain with their batch, for everybody to read. */
  readonly anchorPayload: boolean;
  /** Age at which a transaction that is not mined is replaced by one that pays more. */
  readonly txStuckAfterMs: number;
  /** Most that a unit of gas may cost. */
  readonly txMaxFeeGwei: number;
  /** Origins of webhooks for which plain http and private addresses are allowed. */
  readonly webhookTrustedOrigins: readonly string[];
  readonly forecastHorizon: number;
  /** A panel of more series than this is forecast in shards of so many, by all workers. */
  readonly forecastShardSeries: number;
  /** File of an encoder that was distilled for texts; undefined for the packaged one. */
  readonly textEncoderPath: string | undefined;
  /** What `openEngine` takes; undefined lets it look at the machine. */
  readonly device: string | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigError naming every variable that is missing or malformed; values are never repeated, they may be secret.
 * @example readConfig({ DATABASE_URL: 'postgres://u@h/db', RPC_URLS: 'http://127.0.0.1:8545', TALLYHOUSE_DEPLOYMENT: 'd.json' }).apiPort // 3000
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(
        (issue) => `${issue.path[0]?.toString() ?? 'environment'}: ${issue.message}; see .env.example`,
      ),
    );
  }
  const variables = parsed.data;
  const deploymentPaths = variables.TALLYHOUSE_DEPLOYMENT.split(',').map((path) => resolve(path.trim()));
  const stateDir = resolve(variables.TALLYHOUSE_STATE_DIR);
  return {
    databaseUrl: variables.DATABASE_URL,
    rpcUrls: variables.RPC_URLS,
    rpcWsUrls: variables.RPC_WS_URLS,
    finality: variables.FINALITY,
    deploymentPath: deploymentPaths[0]!,
    deploymentPaths,
    stateDir,
    artifactDir: resolve(stateDir, 'artifacts'),
    artifacts: artifactsConfig(environment),
    apiHost: variables.API_HOST,
    apiPort: variables.API_PORT,
    indexerPort: variables.INDEXER_PORT,
    corsOrigins: variables.CORS_ORIGINS,
    operatorAccounts: variables.OPERATOR_ACCOUNTS,
    walletConnect: walletConnectOf(variables),
    rateLimits: rateLimitsOf(variables),
    telemetry: telemetryOf(variables),
    retention: retentionOf(variables),
    persistedQueriesPath:
      variables.PERSISTED_QUERIES === '' ? undefined : resolve(variables.PERSISTED_QUERIES),
    partnerData: variables.PARTNER_DATA,
    publicOrigins: publicOriginsOf(variables.PUBLIC_ORIGINS, variables.API_PORT),
    indexVerify: variables.INDEX_VERIFY,
    relayerPrivateKey: variables.RELAYER_PRIVATE_KEY,
    ballotPrivateKey: variables.BALLOT_PRIVATE_KEY,
    ballotGasADay: variables.BALLOT_GAS_A_DAY,
    ballotsAVoterADay: variables.BALLOTS_A_VOTER_A_DAY,
    ballotAttemptsAnHour: variables.BALLOT_ATTEMPTS_AN_HOUR,
    trustedProxies: variables.TRUSTED_PROXIES,
    pollIntervalMs: variables.POLL_INTERVAL_MS,
    anchorBatchSize: variables.ANCHOR_BATCH_SIZE,
    anchorIntervalMs: variables.ANCHOR_INTERVAL_MS,
    anchorPayload: variables.ANCHOR_PAYLOAD === 'on',
    txStuckAfterMs: variables.TX_STUCK_AFTER_MS,
    txMaxFeeGwei: variables.TX_MAX_FEE_GWEI,
    webhookTrustedOrigins: variables.WEBHOOK_TRUSTED_ORIGINS,
    forecastHorizon: variables.FORECAST_HORIZON,
    forecastShardSeries: variables.FORECAST_SHARD_SERIES,
    textEncoderPath: variables.TEXT_ENCODER === '' ? undefined : resolve(variables.TEXT_ENCODER),
    device: variables.TALLYHOUSE_DEVICE || undefined,
    logLevel: variables.LOG_LEVEL,
  };
}

/** Without a name for the world the api is reached on its own machine. */
function publicOriginsOf(named: readonly string[], port: number): readonly string[] {
  if (named.length > 0) return named;
  return ['127.0.0.1', 'localhost'].map((host) => new URL(`http://${host}:${port}`).origin);
}
