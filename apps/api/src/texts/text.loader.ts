import type { TextLabelReader, TextReader } from '@tallyhouse/nlp';
import type { Hex } from '@tallyhouse/proofs';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads texts, what they name and what they are about, once for all texts of a request. */
export function textLoaders(texts: TextReader, labels: TextLabelReader, options: LoaderOptions) {
  return {
    text: oneByKey(
      (ids) => texts.byIds(ids),
      (row) => row.id,
      options,
    ),
    textEntities: manyByKey(
      (ids) => texts.entities(ids),
      (row) => row.textId,
      options,
    ),
    textLinks: manyByKey(
      (ids) => texts.links(ids),
      (row) => row.textId,
      options,
    ),
    textLabels: manyByKey(
      (hashes) => labels.ofTexts(hashes as readonly Hex[]),
      (row) => row.textSha256,
      options,
    ),
    textCorrections: manyByKey(
      (hashes) => labels.corrections(hashes as readonly Hex[]),
      (row) => row.textSha256,
      options,
    ),
    textTopic: oneByKey(
      (ids) => texts.topics(ids),
      (row) => row.textId,
      options,
    ),
  };
}
