import type { FamilySpec } from '@tallyhouse/chain';
import { LEAD_TIME_FAMILY } from '@tallyhouse/forecasting';
import { demandFamily, incidentTextFamily } from './first-model.js';
import { anomalyFamily } from './first-parameters.js';
import { auditFamily } from './first-rule-set.js';

/**
 * The families that every Tallyhouse is deployed with, those with a first version whose files need no data; they are put into the
 * store. Lateness is learned from deliveries, of which there are none yet, so its family begins without a version.
 */
export async function firstFamilies(artifactFolder: string): Promise<FamilySpec[]> {
  return [
    await demandFamily(artifactFolder),
    await incidentTextFamily(artifactFolder),
    await auditFamily(artifactFolder),
    await anomalyFamily(artifactFolder),
    { name: LEAD_TIME_FAMILY },
  ];
}
