import { z } from 'zod';
import { ConfigError } from './config.errors.js';

const list = (protocol: RegExp): z.ZodType<string[], string> =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((url) => url.trim())
        .filter((url) => url !== ''),
    )
    .pipe(z.array(z.url({ protocol })));

/** What each chain may have of its own, by its number at the end of the name: `RPC_URLS_10`. */
export const chainVariables = {
  RPC_URLS: list(/^https?$/).refine((urls) => urls.length > 0, 'at least one URL of http or https'),
  RPC_WS_URLS: list(/^wss?$/).default([]),
  INDEX_VERIFY: z.enum(['off', 'sample', 'all']).default('sample'),
  POLL_INTERVAL_MS: z.coerce.number().int().min(10).max(60_000).default(500),
  FINALITY: z
    .union([z.enum(['finalized', 'safe']), z.coerce.number().int().min(1).max(100_000)])
    .default('finalized'),
};

/** One chain as the indexer reads it; times in milliseconds. */
export interface ChainConfig {
  readonly rpcUrls: readonly string[];
  /** Endpoints that tell of new heads; without one the head is polled. */
  readonly rpcWsUrls: readonly string[];
  /** Blocks whose logs are proven by their receipts: none; one in 16, chosen at random; every one. */
  readonly indexVerify: 'off' | 'sample' | 'all';
  readonly pollIntervalMs: number;
  /** The node's tag for a block that stays, or how many blocks below the head one does. */
  readonly finality: 'finalized' | 'safe' | number;
}

type Name = keyof typeof chainVariables;
const NAMES = Object.keys(chainVariables) as Name[];

/**
 * Settings of one of several chains: those named with its number, the others as for the first chain. Endpoints are
 * never shared between chains.
 *
 * @throws ConfigError when it has no endpoints, or one of its variables is malformed
 * @example chainConfig(process.env, readConfig(), 10).rpcUrls // those of RPC_URLS_10
 */
export function chainConfig(
  environment: Readonly<Record<string, string | undefined>>,
  first: ChainConfig,
  chainId: number,
): ChainConfig {
  const own = new Map(NAMES.map((name) => [name, environment[`${name}_${chainId}`]]));
  const problems: string[] = [];
  const read = <Key extends Name>(name: Key): z.output<(typeof chainVariables)[Key]> | undefined => {
    const text = own.get(name);
    if (text === undefined || text === '') return undefined;
    const parsed = chainVariables[name].safeParse(text);
    if (parsed.success) return parsed.data as z.output<(typeof chainVariables)[Key]>;
    problems.push(`${name}_${chainId}: ${parsed.error.issues[0]?.message ?? 'malformed'}; see .env.example`);
    return undefined;
  };
  const rpcUrls = read('RPC_URLS');
  if (!rpcUrls && problems.length === 0)
    problems.push(`RPC_URLS_${chainId}: needed, a file in TALLYHOUSE_DEPLOYMENT is of chain ${chainId}`);
  const settings: ChainConfig = {
    rpcUrls: rpcUrls ?? [],
    rpcWsUrls: read('RPC_WS_URLS') ?? [],
    indexVerify: read('INDEX_VERIFY') ?? first.indexVerify,
    pollIntervalMs: read('POLL_INTERVAL_MS') ?? first.pollIntervalMs,
    finality: read('FINALITY') ?? first.finality,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return settings;
}
