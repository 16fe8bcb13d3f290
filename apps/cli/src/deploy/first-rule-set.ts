import { defaultRuleSet, RULE_SET_FAMILY } from '@tallyhouse/audit';
import type { FamilySpec } from '@tallyhouse/chain';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { artifactUri } from './first-model.js';

const NO_DATA = `0x${'00'.repeat(32)}` as const;
const REPORT =
  '{"format":"tallyhouse-report/1","note":"default audit rules, accepted at deployment; nothing was learned yet"}';

/** The family of audit rules with the rule set that every Tallyhouse begins with: all rules, defaults, nothing learned. */
export async function auditFamily(artifactFolder: string): Promise<FamilySpec> {
  const store = new FileArtifactStore(artifactFolder);
  const artifactSha256 = await store.put(defaultRuleSet().toBytes());
  const reportSha256 = await store.put(new TextEncoder().encode(REPORT));
  const uri = artifactUri(artifactSha256);
  const genesis = { artifactSha256, reportSha256, dataRoot: NO_DATA, dataBlock: 0, uri };
  return { name: RULE_SET_FAMILY, genesis };
}
