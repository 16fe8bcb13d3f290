/**
 * The name under which partners say that stock ran out: a number from 0 to 1, the share of the days in which the shelf was empty. No
 * network takes it as a covariate; it says what of the values is not to be learnt from.
 */
export const STOCK_OUT = 'stock_out';

/** What a partner says a covariate is or will be, as it is kept. */
export interface CovariateStatement {
  /** Order in which they were recorded, from 1; no later one has a lower number. */
  readonly seq: number;
  /** Whose series it is about, lower case. */
  readonly partner: string;
  /** Name of the covariate, such as `price`. */
  readonly name: string;
  /** Product class, as series name it. */
  readonly product: string;
  /** Null for all sites. */
  readonly site: string | null;
  /** First and last day for which it holds, `YYYY-MM-DD`, UTC, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** A number, or a word such as the name of a supplier. */
  readonly value: number | string;
  /** Who said it. */
  readonly saidBy: string;
  /** When, by their own account; never after it was recorded. */
  readonly saidAt: Date;
}

/** A statement as it comes, from a row of a file or from a request. */
export interface GivenStatement {
  readonly covariate: string;
  readonly product: string;
  /** Empty for all sites. */
  readonly site?: string | null;
  /** Days, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly value: string;
  /** When it was said; now, where it is left out. */
  readonly said?: string | null;
}

/** A statement that can be kept. */
export type NewStatement = Omit<CovariateStatement, 'seq' | 'partner' | 'saidBy'>;

/** What is wrong with a statement, and what to write instead. */
export interface StatementFault {
  readonly field: string;
  readonly reason: string;
}
