import { MOST_DISPERSION, MOST_SPREADS, MOST_WEIGHT, parseEnsemble } from '../ensemble/ensemble-model.js';
import type { DemandClass } from '../ensemble/demand-class.js';
import { ENSEMBLE } from '../ensemble/joined-forecast.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { readArtifact } from './artifact.js';
import { settingsOf } from './manifest.js';

/** A number of an artifact, in words for those who vote on it. */
export interface ArtifactNumber {
  /** Where it stands in the artifact's config. */
  readonly name: string;
  readonly value: number;
  readonly meaning: string;
  /** Bounds that the artifact is read by. */
  readonly least: number;
  readonly most: number;
}

const DEMAND: Readonly<Record<DemandClass, string>> = {
  smooth: 'demand of most periods',
  intermittent: 'demand that comes now and then',
};

/**
 * The weights and widths of an ensemble, from its artifact; null for other forecasters.
 *
 * @throws {ForecastingError} as `readArtifact`; INVALID_OPTIONS on numbers that no ensemble has
 */
export function ensembleNumbers(bytes: Uint8Array): ArtifactNumber[] | null {
  const { forecaster, config } = readArtifact(bytes);
  if (forecaster !== ENSEMBLE) return null;
  const { classes } = parseEnsemble(settingsOf(config));
  const weights = (demand: DemandClass): ArtifactNumber[] =>
    Object.entries(classes[demand].weights).map(([member, value]) => ({
      ...{ name: `classes.${demand}.weights.${member}`, value, least: 0, most: MOST_WEIGHT },
      meaning: `Share of ${member} in what is said of ${DEMAND[demand]}.`,
    }));
  const spreads = classes.smooth.spreads.map((value, at) => ({
    ...{ name: `classes.smooth.spreads.${TRAINED_LEVELS[at]}`, value },
    ...{ least: -MOST_SPREADS, most: MOST_SPREADS },
    meaning: `Usual errors from the forecast up to what is exceeded with a chance of ${chance(1 - TRAINED_LEVELS[at]!)}, in ${DEMAND.smooth}.`,
  }));
  const dispersion: ArtifactNumber = {
    ...{ name: 'classes.intermittent.dispersion', value: classes.intermittent.dispersion },
    ...{ least: 0, most: MOST_DISPERSION },
    meaning: `Variance of a period's count over its mean, in ${DEMAND.intermittent}; a series' own counts as much.`,
  };
  return [...weights('smooth'), ...spreads, ...weights('intermittent'), dispersion];
}

const chance = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
