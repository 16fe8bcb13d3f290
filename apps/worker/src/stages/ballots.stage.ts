import type { ChainWriter } from '@tallyhouse/chain';
import type { Logger } from '@tallyhouse/config';
import type { BallotGovernor, BallotRepository, OpenBallot, RelayerRepository } from '@tallyhouse/governance';
import type { Hex } from '@tallyhouse/proofs';

/** Ballots of one run; more wait for the next. */
const MOST_AT_ONCE = 20;
/** Ballots that a reorganisation took back are looked for so long. */
const LOOK_BACK_MS = 86_400_000;

/** Brings members' signed ballots to the governor with a key of its own, and says that it does. */
export class BallotsStage {
  public constructor(
    private readonly writer: ChainWriter,
    private readonly governor: BallotGovernor,
    private readonly ballots: BallotRepository,
    private readonly relayer: RelayerRepository,
    private readonly gasADay: bigint,
    private readonly logger: Logger,
  ) {}

  public async run(now: () => Date): Promise<void> {
    await this.showSign(now());
    await this.findLost(now());
    const open = await this.ballots.open(MOST_AT_ONCE);
    if (open.length === 0) return;
    const sent = await this.writer.exclusively(async (session) => {
      const hashes: { open: OpenBallot; hash: Hex }[] = [];
      for (const each of open) {
        const hash = each.txHash ?? (await this.send(each, session.send, now));
        if (hash) hashes.push({ open: each, hash });
      }
      return hashes;
    });
    for (const { open: each, hash } of sent ?? []) await this.settle(each, hash, now);
  }

  private async showSign(seenAt: Date): Promise<void> {
    const { publicClient, address } = this.writer;
    const [balance, feePerGas] = await Promise.all([
      publicClient.getBalance({ address }),
      this.writer.feePerGas(),
    ]);
    await this.relayer.show({ address, balance, feePerGas, gasADay: this.gasADay, seenAt });
  }

  /** A transaction that the new branch does not have is sent anew, as long as the governor takes the ballot. */
  private async findLost(now: Date): Promise<void> {
    for (const { id, txHash } of await this.ballots.missing(new Date(now.getTime() - LOOK_BACK_MS))) {
      if (await this.writer.receiptOf(txHash)) continue;
      await this.ballots.takeBack(id);
      this.logger.warn({ event: 'ballot-taken-back', ballotId: id, txHash });
    }
  }

  /** The chain may have moved since the ballot was taken: it is tried once more before it is paid for. */
  private async send(
    { id, ballot, gas }: OpenBallot,
    send: Parameters<Parameters<ChainWriter['exclusively']>[0]>[0]['send'],
    now: () => Date,
  ): Promise<Hex | undefined> {
    const trial = await this.governor.tryBallot(ballot, this.writer.address);
    if (trial.refusal?.code === 'CHAIN_UNREACHABLE') throw new Error(trial.refusal.message);
    if (trial.refusal) {
      await this.ballots.markFailed(id, trial.refusal.message, null, now());
      this.logger.info({ event: 'ballot-refused', ballotId: id, code: trial.refusal.code });
      return undefined;
    }
    const hash = await send({ ...this.governor.callOf(ballot), gas, purpose: `ballot ${id}` });
    await this.ballots.markSent(id, hash);
    return hash;
  }

  private async settle({ id }: OpenBallot, hash: Hex, now: () => Date): Promise<void> {
    await this.writer.succeeded(hash);
    const receipt = await this.writer.receiptOf(hash);
    if (!receipt) {
      // The nonce of the key went to another transaction, or a reorganisation came between.
      await this.ballots.takeBack(id);
      return;
    }
    const { transactionHash: txHash, gasUsed: gas, blockNumber: block } = receipt;
    // The receipt says it, whatever our own book says of the transaction.
    const succeeded = receipt.status === 'success';
    if (succeeded) await this.ballots.markMined(id, { txHash, gas, block }, now());
    else await this.ballots.markFailed(id, 'the governor refused it in the block; vote yourself', gas, now());
    this.logger.info({
      event: succeeded ? 'ballot-mined' : 'ballot-reverted',
      ballotId: id,
      txHash,
      gas: String(gas),
    });
  }
}
