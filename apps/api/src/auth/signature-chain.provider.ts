import { makePublicClient } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import type { SignatureChain } from '@tallyhouse/identity';

/** Injection token of what answers for signatures of contracts. */
export const SIGNATURE_CHAIN = Symbol('SIGNATURE_CHAIN');

/** Somebody waits for the answer, so it is given up sooner than the indexer would. */
const PATIENCE = { timeoutMs: 4_000, retryCount: 1 };

export const signatureChainProvider = {
  provide: SIGNATURE_CHAIN,
  inject: [CONFIG],
  useFactory: (config: Config): SignatureChain => makePublicClient(config.rpcUrls, PATIENCE),
};
