import { forecastLedgerAbi, type ChainWriter, type WritingSession } from '@tallyhouse/chain';
import type { Logger } from '@tallyhouse/config';
import type { CommitmentRepository, UncommittedRun } from '@tallyhouse/forecasting';
import { familyId, type Hex } from '@tallyhouse/proofs';
import { inJoinedSpan } from '@tallyhouse/telemetry';

const COMMIT_GAS = 300_000n;

/** Puts the root of each run on chain before the first period it speaks of begins. */
export class CommitStage {
  public constructor(
    private readonly writer: ChainWriter,
    private readonly runs: CommitmentRepository,
    private readonly logger: Logger,
  ) {}

  /** @param now time of the chain's latest indexed block */
  public async run(now: Date): Promise<void> {
    const due = await this.runs.uncommitted(now);
    if (due.length === 0) return;
    const origins = due.flatMap(({ traceparent }) => traceparent ?? []);
    await inJoinedSpan('commit stage', origins, {}, () =>
      this.writer.exclusively((session) => this.sendAll(session, due)),
    );
  }

  private async sendAll(session: WritingSession, due: readonly UncommittedRun[]): Promise<void> {
    const sent: { run: UncommittedRun; hash: Hex }[] = [];
    const roots = new Set<Hex>();
    for (const run of due) {
      // Two versions that say the same share a root, which the ledger takes once.
      if (roots.has(run.root) || (await this.isOnChain(run.root))) continue;
      roots.add(run.root);
      const hash = await session.send(this.callOf(run));
      await this.runs.markSent(run.id, hash);
      sent.push({ run, hash });
    }
    for (const { run, hash } of sent) {
      if (await this.writer.succeeded(hash)) {
        this.logger.info({
          event: 'forecast-committed',
          runId: run.id,
          root: run.root,
          count: run.count,
          hash,
        });
        continue;
      }
      const reason = 'the transaction reverted; may this key commit, and had the first target not begun?';
      await this.runs.markFailed(run.id, reason);
      this.logger.error({ event: 'commit-reverted', runId: run.id, hash, reason });
    }
  }

  private async isOnChain(root: Hex): Promise<boolean> {
    const { address } = this.writer.deployment.contracts.ForecastLedger;
    const time = await this.writer.publicClient.readContract({
      address,
      abi: forecastLedgerAbi,
      functionName: 'committedAt',
      args: [root],
    });
    return time > 0n;
  }

  private callOf(run: UncommittedRun): Parameters<WritingSession['send']>[0] {
    const { address } = this.writer.deployment.contracts.ForecastLedger;
    const seconds = (time: Date): bigint => BigInt(time.getTime() / 1_000);
    const args = [
      familyId(run.family),
      run.versionId,
      seconds(run.asOf),
      seconds(run.firstTarget),
      run.root,
      run.count,
    ];
    return {
      address,
      abi: forecastLedgerAbi,
      functionName: 'commit',
      args,
      gas: COMMIT_GAS,
      purpose: `commit ${run.root}`,
    };
  }
}
