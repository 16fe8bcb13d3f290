import type { TextReader } from '@tallyhouse/nlp';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads texts, what they name and what they are about, once for all texts of a request. */
export function textLoaders(texts: TextReader, options: LoaderOptions) {
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
    textTopic: oneByKey(
      (ids) => texts.topics(ids),
      (row) => row.textId,
      options,
    ),
  };
}
