import { toHex, type Hex } from '@tallyhouse/proofs';

/** First four bytes of keccak256("activate(bytes32)"), a call to ModelRegistry. */
const ACTIVATE_SELECTOR = '0x59db6e85';

/** First four bytes of keccak256("registerFamily(string)"), a call to ModelRegistry. */
const REGISTER_FAMILY_SELECTOR = '0x103a6afd';

/** One call of a proposal that puts a model version in force. */
export interface ProposedActivation {
  /** Position among the proposal's calls. */
  readonly callIndex: number;
  /** The contract called, lower case; only the deployment's ModelRegistry gives the call its meaning. */
  readonly target: Hex;
  readonly versionId: Hex;
}

/** The call data of `ModelRegistry.activate(versionId)`. */
export function activateCalldata(versionId: Hex): Hex {
  return `${ACTIVATE_SELECTOR}${versionId.slice(2).toLowerCase()}`;
}

/** The call data of `ModelRegistry.registerFamily(name)`. */
export function registerFamilyCalldata(name: string): Hex {
  const bytes = new TextEncoder().encode(name);
  const word = (value: number): string => value.toString(16).padStart(64, '0');
  const padded = 64 * Math.ceil(bytes.length / 32);
  const text = toHex(bytes).slice(2).padEnd(padded, '0');
  return `${REGISTER_FAMILY_SELECTOR}${word(32)}${word(bytes.length)}${text}`;
}

/**
 * Reads the activations out of a proposal's calls. Other calls, and calls of another shape, are passed over.
 *
 * @param registry when given, only calls to this contract count
 * @example proposedActivations([registry], [activateCalldata(versionId)])[0]?.versionId // versionId
 */
export function proposedActivations(
  targets: readonly string[],
  calldatas: readonly string[],
  registry?: string,
): ProposedActivation[] {
  return calldatas.flatMap((calldata, callIndex) => {
    const target = targets[callIndex]?.toLowerCase();
    if (target === undefined || (registry !== undefined && target !== registry.toLowerCase())) return [];
    const versionId = /^0x59db6e85([0-9a-f]{64})$/i.exec(calldata)?.[1]?.toLowerCase();
    return versionId === undefined
      ? []
      : [{ callIndex, target: target as Hex, versionId: `0x${versionId}` as const }];
  });
}
