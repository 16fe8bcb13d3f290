import type { ModelReader } from '@tallyhouse/model-registry';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads versions and what belongs to families and proposals, once a request. */
export function modelLoaders(models: ModelReader, options: LoaderOptions) {
  return {
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
