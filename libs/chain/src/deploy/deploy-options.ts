import type { Account, Address, Hex, PublicClient, Transport, WalletClient } from 'viem';
import type { Chain } from 'viem';
import type { DeploymentParameters } from '../deployment.js';

/** Who begins with how many votes. */
export interface TokenHolder {
  readonly address: Address;
  /** In the token's smallest unit (18 decimals). */
  readonly amount: bigint;
}

/** A key that speaks for a partner. */
export interface SubmitterSpec {
  readonly submitter: Address;
  /** First second it is valid, unix; 0 when absent. */
  readonly validFromS?: number;
  /** First second it is no longer valid, unix; never when absent. */
  readonly validUntilS?: number;
}

/** A partner that is registered from the start. */
export interface PartnerSpec {
  readonly partner: Address;
  /** Thirteen digits, right check digit, not held by another partner. */
  readonly gln: string;
  readonly name: string;
  readonly metadataHash: Hex;
  readonly submitters: readonly (Address | SubmitterSpec)[];
}

/** The version that a family starts with. */
export interface GenesisVersion {
  readonly artifactSha256: Hex;
  readonly reportSha256: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: bigint | number;
  readonly uri: string;
}

/** A family that is registered from the start; with `genesis` it also has an active version. */
export interface FamilySpec {
  readonly name: string;
  readonly genesis?: GenesisVersion;
}

/** What a deployment begins with. */
export interface DeploymentContent {
  readonly parameters: DeploymentParameters;
  readonly holders: readonly TokenHolder[];
  readonly partners?: readonly PartnerSpec[];
  readonly families: readonly FamilySpec[];
  /** May undo the latest activation of a family and, until the sunset, cancel a proposal. */
  readonly guardian: Address;
  /** May put model versions forward. */
  readonly proposers: readonly Address[];
  /** May commit forecasts. */
  readonly committers: readonly Address[];
}

/** A transaction that was sent. */
export interface DeployProgress {
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly total: number;
  readonly hash: Hex;
}

/** What {@link deployTallyhouse} needs. */
export interface DeployOptions extends DeploymentContent {
  readonly publicClient: PublicClient;
  /** Signs and pays; its account must send nothing else meanwhile and keeps no right. */
  readonly walletClient: WalletClient<Transport, Chain | undefined, Account>;
  /** Name of the deployment file; `local` when absent. */
  readonly network?: string;
  /** Called after each transaction is sent, before it is mined. */
  readonly onStep?: (progress: DeployProgress) => void;
  /** How long to wait for the transactions to be mined, milliseconds; 120,000 when absent. */
  readonly timeoutMs?: number;
}
