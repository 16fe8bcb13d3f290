import type { ShadowReader, ShardProgressReader } from '@tallyhouse/forecasting';
import type { ModelReader, ShadowStandingReader } from '@tallyhouse/model-registry';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads versions and what belongs to families and proposals, once a request. */
export function modelLoaders(
  models: ModelReader,
  standings: ShadowStandingReader,
  records: ShadowReader,
  progress: ShardProgressReader,
  options: LoaderOptions,
) {
  return {
    shadowStanding: oneByKey(
      (ids) => standings.standings(ids),
      (row) => row.versionId,
      options,
    ),
    shadowRecord: oneByKey(
      (ids) => records.records(ids),
      (row) => row.versionId,
      options,
    ),
    shadowProgress: oneByKey(
      (ids) => progress.inShadow(ids),
      (row) => row.versionId,
      options,
    ),
    shadowComparison: oneByKey(
      (ids) => records.comparisons(ids),
      (row) => row.versionId,
      options,
    ),
    modelVersion: oneByKey(
      (ids) => models.byIds(ids),
      (row) => row.id,
      options,
    ),
    modelVersionsOfFamily: manyByKey(
      (ids) => models.ofFamilies(ids),
      (row) => row.familyId,
      options,
    ),
    modelActivation: oneByKey(
      (ids) => models.activations(ids),
      (row) => row.familyId,
      options,
    ),
    modelRuntime: oneByKey(
      (names) => models.runtimes(names),
      (row) => row.family,
      options,
    ),
  };
}
