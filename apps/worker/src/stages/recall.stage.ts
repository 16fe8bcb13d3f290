import { createHmac } from 'node:crypto';
import type { DueMessage, RecallOutbox, UnopenedRecall } from '@tallyhouse/audit';
import { recallNoticeAbi } from '@tallyhouse/chain';
import type { Logger } from '@tallyhouse/config';
import type { ChainWriter, WritingSession } from '../chain/chain-writer.js';

const OPEN_GAS = 200_000n;
const WEBHOOK_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 10_000;

/** Brings recalls on chain and tells those who hold affected goods. */
export class RecallStage {
  public constructor(
    private readonly writer: ChainWriter,
    private readonly outbox: RecallOutbox,
    private readonly logger: Logger,
  ) {}

  public async run(now: Date): Promise<void> {
    const due = await this.outbox.unopened();
    if (due.length > 0) await this.writer.exclusively((session) => this.openAll(session, due, now));
    for (const message of await this.outbox.dueMessages(now)) await this.tell(message, now);
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

  private async tell(message: DueMessage, now: Date): Promise<void> {
    try {
      await post(message, now);
      await this.outbox.markDelivered(message, now);
      this.logger.info({ event: 'recall-told', recall: message.recallId, partner: message.partner });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const again = message.attempts + 1 < MAX_ATTEMPTS ? FIRST_PAUSE_MS * 2 ** message.attempts : undefined;
      const dueAgain = again === undefined ? null : new Date(now.getTime() + again);
      await this.outbox.markFailed(message, reason, dueAgain);
      const { recallId: recall, partner, attempts } = message;
      this.logger.warn({
        event: 'recall-not-told',
        recall,
        partner,
        attempts: attempts + 1,
        reason,
        dueAgain,
      });
    }
  }
}

/** Body and signature of a message: `x-tallyhouse-signature: t=<unix seconds>,v1=<HMAC-SHA256 of "t.body">`. */
async function post(message: DueMessage, now: Date): Promise<void> {
  const { recallId, partner, opener, criteriaHash, affectedRoot, items } = message;
  const body = JSON.stringify({
    type: 'recall.opened',
    recallId,
    opener,
    partner,
    items,
    criteriaHash,
    affectedRoot,
  });
  const seconds = Math.floor(now.getTime() / 1_000);
  const signature = createHmac('sha256', message.secret).update(`${seconds}.${body}`).digest('hex');
  const response = await fetch(message.url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'x-tallyhouse-signature': `t=${seconds},v1=${signature}` },
    body,
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
}
