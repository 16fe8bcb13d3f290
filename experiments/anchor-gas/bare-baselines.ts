import type { Hex } from '@tallyhouse/proofs';

/** Contracts of a few opcodes that do the least that can be called anchoring; the call's data is the root alone. */
export const BARE_BASELINES: Readonly<Record<'storedRoot' | 'loggedRoot', { says: string; code: Hex }>> = {
  storedRoot: {
    says: 'the sender’s latest root in a storage slot; no order, no count, no registry, no log',
    code: initCode('5f35335500'), // PUSH0 CALLDATALOAD CALLER SSTORE STOP
  },
  loggedRoot: {
    says: 'the root in a log without topics; nothing else',
    code: initCode('5f355f5260205fa000'), // PUSH0 CALLDATALOAD PUSH0 MSTORE PUSH1 32 PUSH0 LOG0 STOP
  },
};

/** Code that leaves `runtime` (hexadecimal digits, at most 32 bytes) as the contract's code. */
function initCode(runtime: string): Hex {
  const size = runtime.length / 2;
  const byte = (value: number): string => value.toString(16).padStart(2, '0');
  return `0x${byte(0x5f + size)}${runtime}5f5260${byte(size)}60${byte(32 - size)}f3`;
}
