import { readRuleSet, RULE_SET_FAMILY, type AuditRunService, type RuleSet } from '@tallyhouse/audit';
import type { Logger } from '@tallyhouse/config';
import { runningVersions, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';

/** Audits what was captured, by the rule set that was voted and taken up; without one it does nothing. */
export class AuditStage {
  private current: { readonly sha256: Hex; readonly ruleSet: RuleSet } | undefined;

  public constructor(
    private readonly dataSource: DataSource,
    private readonly store: ArtifactStore,
    private readonly audits: AuditRunService,
    private readonly logger: Logger,
  ) {}

  public async run(now: Date): Promise<void> {
    const [row] = await runningVersions(this.dataSource, [RULE_SET_FAMILY]);
    if (!row) return;
    const { events, raised } = await this.audits.run(await this.ruleSet(row.artifactSha256), now);
    if (events > 0) this.logger.info({ event: 'audited', events, raised, ruleSet: row.artifactSha256 });
  }

  /** The store checks the hash of what it gives, so that what is read here is what was voted. */
  private async ruleSet(sha256: Hex): Promise<RuleSet> {
    if (this.current?.sha256 !== sha256) {
      this.current = { sha256, ruleSet: readRuleSet(await this.store.get(sha256)) };
    }
    return this.current.ruleSet;
  }
}
