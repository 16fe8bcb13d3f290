import {
  anchoredDeliveries,
  asOfDeliveries,
  deliveriesKnown,
  evaluateLateness,
  ForecastingError,
  latenessArtifact,
  LATENESS_SETTINGS,
  learnLateness,
  measureLateness,
  readLateness,
  TESTED_DAYS,
  type LatenessEvaluation,
} from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { latenessReport, type LatenessReport } from './lateness-report.js';

const DAY_MS = 86_400_000;

/** From what a version is learned, and beside what it is measured. */
export interface LearningPlace {
  readonly dataSource: DataSource;
  readonly asOf: Date;
  readonly block: number;
  readonly dataRoot: Hex;
  readonly licence: string | undefined;
  readonly incumbent: { readonly sha256: Hex; readonly bytes: Uint8Array } | undefined;
}

/** A version and what was measured of its method on the last year, learned from what came before. */
export interface LearnedHere {
  readonly artifact: Uint8Array;
  readonly report: LatenessReport;
}

/** Learns from the deliveries that were anchored up to a block. The same deliveries give the same bytes. */
export async function learnHere(place: LearningPlace): Promise<LearnedHere> {
  const { dataSource, asOf, block, dataRoot, licence, incumbent } = place;
  const anchored = await anchoredDeliveries(dataSource, block);
  const { deliveries, today } = deliveriesKnown(anchored, asOf);
  const splitDay = today - TESTED_DAYS;
  const candidate = measured(() => evaluateLateness(deliveries, splitDay));
  const running = incumbent && {
    sha256: incumbent.sha256,
    evaluation: measureLateness(deliveries, splitDay, readLateness(incumbent.bytes)),
  };
  const testedFrom = new Date(splitDay * DAY_MS).toISOString().slice(0, 10);
  const learned = learnLateness(asOfDeliveries(deliveries), today, LATENESS_SETTINGS);
  return {
    artifact: latenessArtifact({
      ...{ ...learned, dataRoot, dataBlock: block },
      ...(licence === undefined ? {} : { licence }),
    }),
    report: latenessReport({ asOf, dataRoot, testedFrom, candidate, incumbent: running }),
  };
}

function measured(evaluate: () => LatenessEvaluation): LatenessEvaluation {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof ForecastingError) || error.code !== 'NOTHING_TO_SCORE') throw error;
    throw new CliError(
      `too few deliveries are anchored to measure lateness: ${error.message}`,
      'capture receiving events that say for when they were promised (tally:scheduledDeliveryDate), or ./tallyhouse import scms',
    );
  }
}
