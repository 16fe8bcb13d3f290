import { traceAnchorAbi } from '@tallyhouse/chain';
import type { Config, Logger } from '@tallyhouse/config';
import type { Hex } from '@tallyhouse/proofs';
import type { AnchorRepository, SealingService, UnanchoredBatch } from '@tallyhouse/supply-chain';
import type { ChainWriter, WritingSession } from '../chain/chain-writer.js';

const ANCHOR_GAS = 300_000n;
const BATCHES_A_ROUND = 200;

/** Seals waiting events and brings sealed batches on chain, each partner's in order. */
export class AnchorStage {
  public constructor(
    private readonly config: Config,
    private readonly writer: ChainWriter,
    private readonly sealing: SealingService,
    private readonly batches: AnchorRepository,
    private readonly logger: Logger,
  ) {}

  public async run(now: Date): Promise<void> {
    const limits = { batchSize: this.config.anchorBatchSize, maxWaitMs: this.config.anchorIntervalMs };
    const sealed = await this.sealing.sealDue(this.writer.address, limits, now);
    if (sealed > 0) this.logger.info({ event: 'batches-sealed', sealed });
    const due = await this.batches.unanchored(BATCHES_A_ROUND);
    if (due.length > 0) await this.writer.exclusively((session) => this.sendAll(session, due, now));
  }

  private async sendAll(session: WritingSession, due: readonly UnanchoredBatch[], now: Date): Promise<void> {
    const onChain = new Map<Hex, bigint>();
    const sent: { batch: UnanchoredBatch; hash: Hex }[] = [];
    for (const batch of due) {
      const seq = onChain.get(batch.partner) ?? (await this.seqOnChain(batch.partner));
      onChain.set(batch.partner, seq);
      // Already there and not indexed yet, or one before it could not be sent: nothing to do in this round.
      if (batch.seq !== seq + 1n) continue;
      const hash = await session.send(this.callOf(batch));
      await this.batches.markSent(batch.id, hash, now);
      onChain.set(batch.partner, batch.seq);
      sent.push({ batch, hash });
    }
    for (const { batch, hash } of sent) await this.settle(batch, hash);
  }

  private async settle(batch: UnanchoredBatch, hash: Hex): Promise<void> {
    if (await this.writer.succeeded(hash)) {
      this.logger.info({ event: 'batch-anchored', partner: batch.partner, seq: batch.seq.toString(), hash });
      return;
    }
    const reason =
      'the transaction reverted; is this key a valid submitter of the partner, and the head as expected?';
    await this.batches.markFailed(batch.id, reason);
    this.logger.error({ event: 'batch-reverted', partner: batch.partner, root: batch.root, hash, reason });
  }

  private seqOnChain(partner: Hex): Promise<bigint> {
    const { address } = this.writer.deployment.contracts.TraceAnchor;
    return this.writer.publicClient.readContract({
      address,
      abi: traceAnchorAbi,
      functionName: 'seq',
      args: [partner],
    });
  }

  private callOf(batch: UnanchoredBatch): Parameters<WritingSession['send']>[0] {
    const { address } = this.writer.deployment.contracts.TraceAnchor;
    const args = [batch.partner, batch.root, batch.count, batch.prevHead, batch.schemaId, batch.uri];
    return { address, abi: traceAnchorAbi, functionName: 'anchor', args, gas: ANCHOR_GAS };
  }
}
