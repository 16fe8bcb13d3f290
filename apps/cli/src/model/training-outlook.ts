import {
  outlookOf,
  rootWithStatements,
  statedCovariates,
  STOCK_OUT,
  type CovariateStatement,
  type DatedPanel,
  type Outlook,
  type TakenCovariates,
} from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';
import { HORIZON } from './evaluate-demand.js';
import type { Evidence } from './train-candidate.js';

/** Statements that a training rests on. */
export interface StatementBasis {
  /** Number of the last, by which the same are read again; 0 for none. */
  readonly upTo: number;
  /** Over what was anchored and the statements. */
  readonly dataRoot: Hex;
}

/** What partners had said when a training began. */
export interface TrainingStatements {
  /** All that was said, for a model that takes covariates. */
  readonly told: StatementBasis;
  /** What was said of stock-outs, which every training knows. */
  readonly untold: StatementBasis;
  /** All covariates that were said, or those named. */
  covariates(names?: readonly string[]): TakenCovariates;
  /** What a model is told that takes some of them. */
  outlook(taken: TakenCovariates): Outlook;
}

/** @param statements all that partners have said */
export function trainingStatements(
  statements: readonly CovariateStatement[],
  dated: DatedPanel,
  { time, roots }: Evidence,
): TrainingStatements {
  const basisOf = (read: readonly CovariateStatement[]): StatementBasis => ({
    upTo: read.at(-1)?.seq ?? 0,
    dataRoot: rootWithStatements(roots, read),
  });
  return {
    told: basisOf(statements),
    untold: basisOf(statements.filter(({ name }) => name === STOCK_OUT)),
    covariates: (names) => ({ covariates: statedCovariates(statements, names), block: HORIZON }),
    outlook: (taken) => outlookOf(dated, statements, { taken, now: time, steps: HORIZON }),
  };
}
