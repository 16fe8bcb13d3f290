import type { Config } from '@tallyhouse/config';
import { makePublicClient, makeWalletClient, type Deployment, type SigningClient } from '@tallyhouse/chain';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import type { Abi, PublicClient } from 'viem';

/** First key of the advisory lock that lets one process at a time send with a key. */
const WRITER_LOCK = 0x3a7e;
const RECEIPT_TIMEOUT_MS = 60_000;

/** A call of a contract. */
export interface ContractCall {
  readonly address: Hex;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** Gas limit; given rather than estimated, since a call may depend on one still waiting to be mined. */
  readonly gas: bigint;
}

/** Sends transactions one after the other while this process alone holds the key. */
export interface WritingSession {
  /** Sends a call and returns its hash without waiting for a block. */
  send(call: ContractCall): Promise<Hex>;
}

/** The worker's key on the chain. */
export class ChainWriter {
  public readonly publicClient: PublicClient;
  private readonly wallet: SigningClient;

  public constructor(
    config: Config,
    privateKey: Hex,
    public readonly deployment: Deployment,
    private readonly dataSource: DataSource,
  ) {
    this.publicClient = makePublicClient(config.rpcUrls, { pollingIntervalMs: config.pollIntervalMs });
    this.wallet = makeWalletClient(config.rpcUrls, privateKey);
  }

  /** Address of the key, lower case. */
  public get address(): Hex {
    return this.wallet.account.address.toLowerCase() as Hex;
  }

  /** Runs `work` with the right to send; null at once when another process has it. */
  public async exclusively<Result>(
    work: (session: WritingSession) => Promise<Result>,
  ): Promise<Result | null> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [{ locked }]: [{ locked: boolean }] = await runner.query(
        'SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked',
        [WRITER_LOCK, this.address],
      );
      if (!locked) return null;
      try {
        return await work(await this.session());
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1, hashtext($2))', [WRITER_LOCK, this.address]);
      }
    } finally {
      await runner.release();
    }
  }

  /** Waits until the transaction is mined; false when it reverted. */
  public async succeeded(hash: Hex): Promise<boolean> {
    const receipt = await this.publicClient.waitForTransactionReceipt({ hash, timeout: RECEIPT_TIMEOUT_MS });
    return receipt.status === 'success';
  }

  private async session(): Promise<WritingSession> {
    let nonce = await this.publicClient.getTransactionCount({
      address: this.wallet.account.address,
      blockTag: 'pending',
    });
    return {
      send: async (call) => {
        const hash = await this.wallet.writeContract({ ...call, chain: null, nonce });
        nonce += 1;
        return hash;
      },
    };
  }
}
