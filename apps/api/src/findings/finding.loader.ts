import type { FindingReader } from '@tallyhouse/audit';
import { manyByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads what belongs to findings, once a request. */
export function findingLoaders(findings: FindingReader, options: LoaderOptions) {
  return {
    findingHistory: manyByKey(
      (ids) => findings.histories(ids),
      (row) => row.findingId,
      options,
    ),
  };
}
