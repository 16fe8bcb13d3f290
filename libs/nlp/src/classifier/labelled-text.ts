/** A text with the labels that people gave it. */
export interface LabelledText {
  readonly text: string;
  readonly labels: readonly string[];
  /** When it was written, ISO-8601 date. */
  readonly date: string;
}

/** Names of labels in order, and for each label one 0 or 1 a text. */
export interface Targets {
  readonly labels: readonly string[];
  readonly columns: readonly Uint8Array[];
}

/** The labels of texts as columns over `labels`, by default all that occur, by code unit. */
export function targetsOf(texts: readonly LabelledText[], labels?: readonly string[]): Targets {
  const known = labels ?? [...new Set(texts.flatMap((text) => text.labels))].sort();
  const columns = known.map((label) =>
    Uint8Array.from(texts, (text) => (text.labels.includes(label) ? 1 : 0)),
  );
  return { labels: known, columns };
}
