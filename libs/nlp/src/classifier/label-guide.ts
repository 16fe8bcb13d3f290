/** What is known of a label before any text is seen: its meaning, and words that speak for it. */
export interface LabelDescription {
  readonly meaning: string;
  /** As {@link phraseMatcher} reads them. */
  readonly phrases: readonly string[];
}

/** Knowledge of a set of labels, written by people from what the labels mean, never counted from texts. */
export interface LabelGuide {
  readonly name: string;
  readonly labels: Readonly<Record<string, LabelDescription>>;
}

/** No knowledge: labels are learned from examples alone. */
export const NO_GUIDE: LabelGuide = { name: 'none', labels: {} };
