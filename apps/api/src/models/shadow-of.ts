import type { ShadowRecordRow } from '@tallyhouse/forecasting';
import type { ShadowStandingRow } from '@tallyhouse/model-registry';
import type { ModelShadowModel } from './shadow.model.js';

/** Where a version stands in shadow and how it did there; null for one that never was a candidate. */
export function shadowOf(
  versionId: string,
  standing: ShadowStandingRow | null,
  record: ShadowRecordRow | null,
): ModelShadowModel | null {
  if (!standing && !record) return null;
  return {
    versionId,
    state: standing?.state ?? null,
    reason: standing?.reason ?? null,
    since: record?.since ?? null,
    runs: record?.runs ?? 0,
    scored: record?.scored ?? 0,
    origins: record?.origins ?? 0,
    mase: record?.mase ?? null,
    meanSmape: record?.meanSmape ?? null,
    coverage80: record?.coverage80 ?? null,
    lastRunSeconds: standing?.lastRunMs == null ? null : standing.lastRunMs / 1_000,
  };
}
