import type { RecallOutbox, UnopenedRecall } from '@tallyhouse/audit';
import { recallNoticeAbi, type ChainWriter, type WritingSession } from '@tallyhouse/chain';
import type { Logger } from '@tallyhouse/config';

const OPEN_GAS = 200_000n;

/** Brings recalls on chain. Those who hold affected goods are told by the webhooks stage. */
export class RecallStage {
  public constructor(
    private readonly writer: ChainWriter,
    private readonly outbox: RecallOutbox,
    private readonly logger: Logger,
  ) {}

  public async run(now: Date): Promise<void> {
    const due = await this.outbox.unopened();
    if (due.length > 0) await this.writer.exclusively((session) => this.openAll(session, due, now));
  }

  private async openAll(session: WritingSession, due: readonly UnopenedRecall[], now: Date): Promise<void> {
    for (const recall of due) {
      // On chain already and not indexed yet: a worker that was killed had sent it.
      if (await this.isOnChain(recall)) continue;
      const hash = await session.send(this.callOf(recall));
      await this.outbox.markSent(recall.id, hash, now);
      if (await this.writer.succeeded(hash)) {
        this.logger.info({ event: 'recall-opened', recall: recall.id, hash });
        continue;
      }
      const reason = 'the transaction reverted; is this key a valid submitter of the partner?';
      await this.outbox.markRefused(recall.id, reason);
      this.logger.error({ event: 'recall-reverted', recall: recall.id, hash, reason });
    }
  }

  private async isOnChain({ id }: UnopenedRecall): Promise<boolean> {
    const [, openedAt] = await this.writer.publicClient.readContract({
      address: this.writer.deployment.contracts.RecallNotice.address,
      abi: recallNoticeAbi,
      functionName: 'noticeOf',
      args: [id as `0x${string}`],
    });
    return openedAt !== 0n;
  }

  private callOf(recall: UnopenedRecall): Parameters<WritingSession['send']>[0] {
    const { address } = this.writer.deployment.contracts.RecallNotice;
    const args = [recall.partner, recall.criteriaHash, recall.affectedRoot, recall.affectedCount, ''];
    return {
      address,
      abi: recallNoticeAbi,
      functionName: 'open',
      args,
      gas: OPEN_GAS,
      purpose: `recall ${recall.id}`,
    };
  }
}
