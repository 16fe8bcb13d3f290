import { MAX_BALLOT_GAS, type RelayerStatus } from '@tallyhouse/governance';
import type { RelayerModel } from './relayer.model.js';

/** A relayer that there is none of has nothing and spends nothing. */
export function relayerOf({ sign, ...status }: RelayerStatus): RelayerModel {
  return {
    ...status,
    ...{ address: sign?.address ?? null, balance: sign?.balance ?? 0n, feePerGas: sign?.feePerGas ?? 0n },
    ...{ seenAt: sign?.seenAt ?? null, gasADay: sign?.gasADay ?? 0n, mostGasABallot: MAX_BALLOT_GAS },
  };
}
