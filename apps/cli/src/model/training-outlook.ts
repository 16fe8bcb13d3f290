import {
  outlookOf,
  rootWithStatements,
  statedCovariates,
  StatementRepository,
  type DatedPanel,
  type Outlook,
  type TakenCovariates,
} from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { HORIZON } from './evaluate-demand.js';
import type { Evidence } from './train-candidate.js';

/** What partners had said when a training began. */
export interface TrainingStatements {
  /** Number of the last, by which the same are read again; 0 for none. */
  readonly upTo: number;
  /** Over what was anchored and the statements. */
  readonly dataRoot: Hex;
  /** All covariates that were said, or those named. */
  covariates(names?: readonly string[]): TakenCovariates;
  /** What a model is told that takes some of them. */
  outlook(taken: TakenCovariates): Outlook;
}

/** Reads all that partners have said. */
export async function trainingStatements(
  dataSource: DataSource,
  dated: DatedPanel,
  { time, roots }: Evidence,
): Promise<TrainingStatements> {
  const statements = await new StatementRepository(dataSource).read();
  return {
    upTo: statements.at(-1)?.seq ?? 0,
    dataRoot: rootWithStatements(roots, statements),
    covariates: (names) => ({ covariates: statedCovariates(statements, names), block: HORIZON }),
    outlook: (taken) => outlookOf(dated, statements, { taken, now: time, steps: HORIZON }),
  };
}
