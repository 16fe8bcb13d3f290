import { RULE_SET_FAMILY, type RuleSet } from '@tallyhouse/audit';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import { artifactUri } from '../deploy/first-model.js';
import { evidenceOf } from '../model/train-candidate.js';
import { proposeVersion } from '../governance/propose-version.js';
import type { LocalContext } from '../local-context.js';

/** A rule set and what voters read of it. */
export interface ProposableRuleSet {
  readonly ruleSet: RuleSet;
  /** What kind of change it is, for the title. */
  readonly kind: string;
  readonly summary: string;
}

/** Keeps a rule set with a report in the store, and puts it to the vote where that is wanted. */
export async function keepRuleSetFile(
  { ruleSet, kind, summary }: ProposableRuleSet,
  dataSource: DataSource,
  context: LocalContext,
  isProposed: boolean,
): Promise<void> {
  const store = new FileArtifactStore(context.artifactFolder);
  const artifactSha256 = await store.put(ruleSet.toBytes());
  const report = { format: 'tallyhouse-report/1', note: summary };
  const reportSha256 = await store.put(new TextEncoder().encode(JSON.stringify(report)));
  process.stdout.write(`rule set ${artifactSha256}\nreport   ${reportSha256}\n${summary}\n`);
  if (!isProposed) return;
  const { dataRoot, block: dataBlock } = await evidenceOf(dataSource);
  const files = { artifactSha256, reportSha256, dataRoot, dataBlock, uri: artifactUri(artifactSha256) };
  const { proposalId } = await proposeVersion(context, {
    ...{ family: RULE_SET_FAMILY, forecaster: kind, summary },
    ...files,
  });
  process.stdout.write(`proposal ${proposalId}\n  vote: ./tallyhouse vote ${proposalId} for --as alice\n`);
}
