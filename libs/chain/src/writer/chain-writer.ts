import type { Config } from '@tallyhouse/config';
import type { DataSource } from 'typeorm';
import {
  encodeFunctionData,
  keccak256,
  parseGwei,
  TransactionReceiptNotFoundError,
  type Abi,
  type Hex,
  type PublicClient,
  type TransactionReceipt,
} from 'viem';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { makePublicClient } from '../clients.js';
import type { Deployment } from '../deployment.js';
import { capped, replacing, type Fees } from './fees.js';
import { TransactionRepository, type Attempt, type OpenTransaction } from './transaction.repository.js';

/** First key of the advisory lock that lets one process at a time send with a key. */
const WRITER_LOCK = 0x3a7e;
const SETTLE_TIMEOUT_MS = 60_000;
/** A node may count a nonce as used before it has the receipt: so long it is asked again, before somebody else is held to have used it. */
const RECEIPT_PATIENCE_MS = 10_000;

/** A call of a contract. */
export interface ContractCall {
  readonly address: Hex;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** Gas limit; given rather than estimated, since a call may depend on one still waiting to be mined. */
  readonly gas: bigint;
  /** What it is for, told apart from everything else: while one for this is on its way no second one is made. */
  readonly purpose: string;
}

/** Sends transactions one after the other while this process alone holds the key. */
export interface WritingSession {
  /** Sends a call and returns its hash without waiting for a block. */
  send(call: ContractCall): Promise<Hex>;
}

/** How transactions are sent that nobody mines. */
export type WriterSettings = Pick<Config, 'rpcUrls' | 'pollIntervalMs' | 'txStuckAfterMs' | 'txMaxFeeGwei'>;

/**
 * A key of ours on the chain. Whatever it signs is written down before it is sent: a process that dies in between
 * finds it and sends the same bytes again, so nothing is sent twice and nothing is lost.
 */
export class ChainWriter {
  public readonly publicClient: PublicClient;
  private readonly account: PrivateKeyAccount;
  private readonly transactions: TransactionRepository;
  /** When the receipt of a transaction whose nonce is used was missed first, by its number here. */
  private readonly missedSince = new Map<string, number>();

  public constructor(
    private readonly settings: WriterSettings,
    privateKey: Hex,
    public readonly deployment: Deployment,
    private readonly dataSource: DataSource,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.publicClient = makePublicClient(settings.rpcUrls, { pollingIntervalMs: settings.pollIntervalMs });
    this.account = privateKeyToAccount(privateKey);
    this.transactions = new TransactionRepository(dataSource, deployment.chainId, this.address);
  }

  /** Address of the key, lower case. */
  public get address(): Hex {
    return this.account.address.toLowerCase() as Hex;
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
        await this.pursue();
        return await work({ send: (call) => this.send(call) });
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1, hashtext($2))', [WRITER_LOCK, this.address]);
      }
    } finally {
      await runner.release();
    }
  }

  /** The receipt of whichever form of a transaction was mined; undefined while none is, or no longer is. */
  public async receiptOf(hash: Hex): Promise<TransactionReceipt | undefined> {
    return this.firstReceipt(await this.transactions.formsOf(hash));
  }

  /** What a unit of gas is paid with at most, now; wei. */
  public async feePerGas(): Promise<bigint> {
    return capped(await this.marketFees(), this.maxFeeCap).maxFee;
  }

  /** Waits until the transaction is mined, replacing it when it is stuck; false when it reverted or was overtaken. */
  public async succeeded(hash: Hex): Promise<boolean> {
    const deadline = this.now().getTime() + SETTLE_TIMEOUT_MS;
    for (;;) {
      const state = await this.transactions.stateOf(hash);
      if (state !== 'SENT') return state === 'MINED';
      if (this.now().getTime() > deadline)
        throw new Error(
          `transaction ${hash} is not mined after ${SETTLE_TIMEOUT_MS} ms; it is followed further`,
        );
      await new Promise((resolve) => setTimeout(resolve, this.settings.pollIntervalMs));
      await this.pursue();
    }
  }

  /** Settles what is mined, sends again what the node has lost, and replaces what nobody takes. */
  private async pursue(): Promise<void> {
    const open = await this.transactions.open();
    if (open.length === 0) return;
    const mined = await this.nonce('latest');
    for (const transaction of open) {
      if (transaction.nonce < mined) await this.settle(transaction);
      else await this.push(transaction);
    }
  }

  /** The nonce is used: by one of ours, or, where no receipt comes, by somebody else with this key. */
  private async settle({ id, hashes }: OpenTransaction): Promise<void> {
    const receipt = await this.firstReceipt(hashes);
    const now = this.now();
    if (!receipt) {
      const since = this.missedSince.get(id) ?? now.getTime();
      this.missedSince.set(id, since);
      if (now.getTime() - since < RECEIPT_PATIENCE_MS) return;
    }
    this.missedSince.delete(id);
    const state = receipt ? (receipt.status === 'success' ? 'MINED' : 'REVERTED') : 'SUPERSEDED';
    await this.transactions.settle(id, state, now);
  }

  /** The receipt of the first form that has one. What the node fails with is no answer, and is thrown. */
  private async firstReceipt(forms: readonly Hex[]): Promise<TransactionReceipt | undefined> {
    for (const hash of forms) {
      const receipt = await this.publicClient.getTransactionReceipt({ hash }).catch((error: unknown) => {
        if (error instanceof TransactionReceiptNotFoundError) return undefined;
        throw error;
      });
      if (receipt) return receipt;
    }
    return undefined;
  }

  private async push(transaction: OpenTransaction): Promise<void> {
    const { latest } = transaction;
    const age = this.now().getTime() - latest.madeAt.getTime();
    const fees =
      age >= this.settings.txStuckAfterMs
        ? replacing(latest, await this.marketFees(), this.maxFeeCap)
        : undefined;
    if (fees) {
      const attempt = await this.sign(transaction, fees);
      await this.transactions.addAttempt(transaction.id, attempt);
      await this.broadcast(attempt);
      return;
    }
    const known = await this.publicClient.getTransaction({ hash: latest.hash }).catch(() => undefined);
    if (!known) await this.broadcast(latest);
  }

  private async send(call: ContractCall): Promise<Hex> {
    const open = await this.transactions.open();
    const same = open.find(({ purpose }) => purpose === call.purpose);
    if (same) return same.latest.hash;
    const nonce = Math.max(await this.nonce('pending'), (open.at(-1)?.nonce ?? -1) + 1);
    const callData = encodeFunctionData({ abi: call.abi, functionName: call.functionName, args: call.args });
    const planned = { nonce, purpose: call.purpose, target: call.address, callData, gas: call.gas };
    const attempt = await this.sign(planned, capped(await this.marketFees(), this.maxFeeCap));
    await this.transactions.record(planned, attempt);
    await this.broadcast(attempt);
    return attempt.hash;
  }

  private async sign(
    { nonce, target, callData, gas }: Pick<OpenTransaction, 'nonce' | 'target' | 'callData' | 'gas'>,
    fees: Fees,
  ): Promise<Attempt> {
    const raw = await this.account.signTransaction({
      ...{ type: 'eip1559', chainId: this.deployment.chainId, nonce, to: target, data: callData, gas },
      maxFeePerGas: fees.maxFee,
      maxPriorityFeePerGas: fees.priorityFee,
    });
    return { ...fees, raw, hash: keccak256(raw), madeAt: this.now() };
  }

  /** A node that has it already, or finds the nonce used, has nothing to add: {@link pursue} looks what became of it. */
  private async broadcast({ raw }: Attempt): Promise<void> {
    try {
      await this.publicClient.sendRawTransaction({ serializedTransaction: raw });
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      if (!/already known|already imported|nonce too low|underpriced/i.test(reason)) throw error;
    }
  }

  private async marketFees(): Promise<Fees> {
    const { maxFeePerGas, maxPriorityFeePerGas } = await this.publicClient.estimateFeesPerGas();
    return { maxFee: maxFeePerGas, priorityFee: maxPriorityFeePerGas };
  }

  private get maxFeeCap(): bigint {
    return parseGwei(String(this.settings.txMaxFeeGwei));
  }

  private nonce(blockTag: 'latest' | 'pending'): Promise<number> {
    return this.publicClient.getTransactionCount({ address: this.account.address, blockTag });
  }
}
