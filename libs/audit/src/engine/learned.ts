/** What statistical rules learned from history; part of a rule set, so that it is voted with it. */
export interface Learned {
  /** Number of events it was learned from. */
  readonly events: number;
  /** Time of the last of them, ISO 8601; null before anything was learned. */
  readonly until: string | null;
  /** How often a state of an item followed another (R5). */
  readonly transitions: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How long items usually stay (R10), by kind of place and steps. */
  readonly dwell: Readonly<Record<string, Dwell>>;
  /** Share of packed items that single-item rules found fault with (R15). */
  readonly flaggedShare: number;
}

/** Times of stay: natural logarithm of hours, robust. */
export interface Dwell {
  readonly count: number;
  readonly median: number;
  /** 1.4826 times the median absolute deviation: the standard deviation if the logarithms are normal. */
  readonly spread: number;
}

/** Nothing is usual yet, so nothing is unusual. */
export const NOTHING_LEARNED: Learned = {
  events: 0,
  until: null,
  transitions: {},
  dwell: {},
  flaggedShare: 0,
};
