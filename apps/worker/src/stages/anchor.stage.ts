import { traceAnchorAbi, type ChainWriter, type ContractCall, type WritingSession } from '@tallyhouse/chain';
import type { Config, Logger } from '@tallyhouse/config';
import { toHex, type Hex } from '@tallyhouse/proofs';
import type { AnchorRepository, SealingService, UnanchoredBatch } from '@tallyhouse/supply-chain';
import { openSpan, type OpenSpan } from '@tallyhouse/telemetry';

const ANCHOR_GAS = 300_000n;
/** EIP-7623: a byte of calldata costs up to 40; twice that leaves room for copying it into the log. */
const GAS_A_PAYLOAD_BYTE = 80n;
const BATCHES_A_ROUND = 200;

interface SentBatch {
  readonly batch: UnanchoredBatch;
  readonly hash: Hex;
  readonly span: OpenSpan | undefined;
}

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
    const {
      anchorBatchSize: batchSize,
      anchorIntervalMs: maxWaitMs,
      anchorPayload: carryPayload,
    } = this.config;
    const limits = { batchSize, maxWaitMs, carryPayload };
    for (const renumbered of await this.batches.followChain())
      this.logger.warn({ event: 'batches-renumbered', ...renumbered });
    const sealed = await this.sealing.sealDue(this.writer.address, limits, now);
    if (sealed > 0) this.logger.info({ event: 'batches-sealed', sealed });
    const due = await this.batches.unanchored(BATCHES_A_ROUND, { relayer: this.writer.address });
    if (due.length > 0) await this.writer.exclusively((session) => this.sendAll(session, due, now));
  }

  /** Sends what is due and waits for it. What fails ends the spans that are still open, with its error. */
  private async sendAll(session: WritingSession, due: readonly UnanchoredBatch[], now: Date): Promise<void> {
    const spans: OpenSpan[] = [];
    try {
      for (const each of await this.sendEach(session, due, now, spans)) await this.settle(each);
    } catch (error) {
      for (const span of spans) span.end(error);
      throw error;
    }
  }

  private async sendEach(
    session: WritingSession,
    due: readonly UnanchoredBatch[],
    now: Date,
    spans: OpenSpan[],
  ): Promise<SentBatch[]> {
    const heads = new Map<Hex, Hex>();
    const sent: SentBatch[] = [];
    for (const batch of due) {
      const head = heads.get(batch.partner) ?? (await this.headOnChain(batch.partner));
      heads.set(batch.partner, head);
      // Already there and not indexed yet, or one before it could not be sent: nothing to do in this round.
      if (batch.prevHead !== head) continue;
      const call = this.callOf(batch, now);
      // Its partner has to send it, or to sign it first; later ones of the partner wait with it.
      if (!call) continue;
      const span = spanOf(batch);
      if (span) spans.push(span);
      const hash = await session.send(call);
      await this.batches.markSent(batch.id, hash, now);
      heads.set(batch.partner, batch.head);
      sent.push({ batch, hash, span });
    }
    return sent;
  }

  private async settle({ batch, hash, span }: SentBatch): Promise<void> {
    const succeeded = await this.writer.succeeded(hash);
    span?.end(succeeded ? undefined : { code: 'REVERTED' });
    if (succeeded) {
      this.logger.info({ event: 'batch-anchored', partner: batch.partner, seq: batch.seq.toString(), hash });
      return;
    }
    const reason =
      'the transaction reverted; is this key a valid submitter of the partner, and the head as expected?';
    await this.batches.markFailed(batch.id, reason);
    this.logger.error({ event: 'batch-reverted', partner: batch.partner, root: batch.root, hash, reason });
  }

  private headOnChain(partner: Hex): Promise<Hex> {
    const { address } = this.writer.deployment.contracts.TraceAnchor;
    return this.writer.publicClient.readContract({
      address,
      abi: traceAnchorAbi,
      functionName: 'head',
      args: [partner],
    });
  }

  /** The call that anchors the batch; undefined where this key may not, or not yet. */
  private callOf(batch: UnanchoredBatch, now: Date): ContractCall | undefined {
    const { submitter, signature, signatureDeadline, payload } = batch;
    const { address } = this.writer.deployment.contracts.TraceAnchor;
    const purpose = `anchor ${batch.partner} ${batch.seq} ${batch.head}`;
    const gas = ANCHOR_GAS + GAS_A_PAYLOAD_BYTE * BigInt(payload?.length ?? 0);
    const base = { address, abi: traceAnchorAbi, gas, purpose } as const;
    const { partner, root, count, prevHead, schemaId, uri } = batch;
    const parts = [partner, root, count, prevHead, schemaId, uri];
    const whole = payload && [{ partner, root, count, prevHead, schemaId, uri }, toHex(payload)];
    if (submitter === this.writer.address)
      return whole
        ? { ...base, functionName: 'anchorWithPayload', args: whole }
        : { ...base, functionName: 'anchor', args: parts };
    if (signature === null || BigInt(signatureDeadline ?? 0) * 1_000n <= BigInt(now.getTime()))
      return undefined;
    const said = [submitter, BigInt(signatureDeadline ?? 0), signature];
    return whole
      ? { ...base, functionName: 'anchorWithPayloadBySig', args: [...whole, ...said] }
      : { ...base, functionName: 'anchorBySig', args: [...parts, ...said] };
  }
}

/** From sending to a block; a batch that nobody traced begins no trace. */
function spanOf({ traceparent, count, attempts }: UnanchoredBatch): OpenSpan | undefined {
  if (traceparent === null) return undefined;
  const attributes = { 'tallyhouse.events': count, 'tallyhouse.attempts': attempts };
  return openSpan('anchor batch', { parent: traceparent, kind: 'client', attributes });
}
