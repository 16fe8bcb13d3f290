import { createPublicClient, createWalletClient, fallback, http, webSocket } from 'viem';
import type { Account, Hex, PublicClient, Transport, WalletClient } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { NonRetryableUserError } from './chain.errors.js';

/** How long and how often a call may try; all times in milliseconds. */
export interface ClientOptions {
  /** One attempt at one endpoint; 10,000 when absent. */
  readonly timeoutMs?: number;
  /** Attempts after the first, at each endpoint; 3 when absent. */
  readonly retryCount?: number;
  /** Pause before the second attempt, doubled after each; 150 when absent. */
  readonly retryDelayMs?: number;
  /** Between two looks at the chain where a client waits for something; 1,000 when absent. */
  readonly pollingIntervalMs?: number;
}

/** A client that can sign. */
export type SigningClient = WalletClient<Transport, undefined, Account>;

/**
 * Makes a reading client over one or several endpoints; a later one is asked when those before it fail.
 *
 * @param rpcUrls `http(s)://` or `ws(s)://`, in order of preference.
 * @throws NonRetryableUserError `RPC_URL_INVALID` when there is none or one is not such a URL.
 * @example await makePublicClient('http://127.0.0.1:8545').getChainId() // 31337
 */
export function makePublicClient(
  rpcUrls: string | readonly string[],
  options: ClientOptions = {},
): PublicClient {
  return createPublicClient({
    transport: transportOver(rpcUrls, options),
    pollingInterval: options.pollingIntervalMs ?? 1_000,
    cacheTime: 0,
  });
}

/**
 * Makes a signing client over the same kind of endpoints.
 *
 * @param rpcUrls As for {@link makePublicClient}.
 * @param signer A private key, or any viem account.
 * @throws NonRetryableUserError `RPC_URL_INVALID` as {@link makePublicClient} does.
 * @example makeWalletClient('http://127.0.0.1:8545', privateKey).account.address // '0xf39F…'
 */
export function makeWalletClient(
  rpcUrls: string | readonly string[],
  signer: Hex | Account,
  options: ClientOptions = {},
): SigningClient {
  return createWalletClient({
    account: typeof signer === 'string' ? privateKeyToAccount(signer) : signer,
    transport: transportOver(rpcUrls, options),
    pollingInterval: options.pollingIntervalMs ?? 1_000,
    cacheTime: 0,
  });
}

function transportOver(rpcUrls: string | readonly string[], options: ClientOptions): Transport {
  const urls = typeof rpcUrls === 'string' ? [rpcUrls] : rpcUrls;
  const transports = urls.map((url) => endpoint(url, options));
  const [only] = transports;
  if (only === undefined) throw invalid('none given');
  // Each endpoint retries by itself, so the fallback does not repeat the round.
  return transports.length === 1 ? only : fallback(transports, { rank: false, retryCount: 0 });
}

function endpoint(url: string, options: ClientOptions): Transport {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  const shared = {
    timeout: options.timeoutMs ?? 10_000,
    retryCount: options.retryCount ?? 3,
    retryDelay: options.retryDelayMs ?? 150,
  };
  if (protocol === 'http:' || protocol === 'https:') return http(url, shared);
  if (protocol === 'ws:' || protocol === 'wss:') return webSocket(url, shared);
  throw invalid('one is no URL of http, https, ws or wss');
}

/** The URL itself is left out: it often carries a key. */
function invalid(what: string): NonRetryableUserError {
  return new NonRetryableUserError(
    'RPC_URL_INVALID',
    `no usable RPC URL (${what})`,
    'set one or several such as http://127.0.0.1:8545',
  );
}
