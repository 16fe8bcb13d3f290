import type { Frequency } from '../contract/panel.js';
import { TIDE } from '../covariates/tide-model.js';
import { ENSEMBLE } from '../ensemble/joined-forecast.js';
import { ForecastingError } from '../forecasting.errors.js';
import { GLOBAL_NETWORK } from '../global/predict.js';
import { LOCAL_METHODS } from '../methods/registry.js';
import { isRecord } from '../plain-json.js';

/** The version of the artifact's metadata. */
export const ARTIFACT_FORMAT = 'tallyhouse-model/1';

/** Families whose artifacts this library runs. */
export const FORECAST_FAMILIES = ['demand', 'lead-time'] as const;

/** Whatever an artifact may be. */
export const FORECASTERS: readonly string[] = [...LOCAL_METHODS, ENSEMBLE, GLOBAL_NETWORK, TIDE];

export type ForecastFamily = (typeof FORECAST_FAMILIES)[number];

const MEASURES = ['DEMAND', 'RECEIVED', 'SHIPPED'] as const;
const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;

/** Which series a model reads. */
export interface FeatureSpec {
  readonly measure: (typeof MEASURES)[number];
  readonly frequency: Frequency;
}

/** What an artifact says of itself. */
export interface ArtifactManifest {
  readonly format: typeof ARTIFACT_FORMAT;
  readonly family: ForecastFamily;
  /** A local method, `ensemble`, `global-network` or `tide`. */
  readonly forecaster: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly featureSpec: FeatureSpec;
  /** Root of the training data, null where the method has no training data. */
  readonly dataRoot: string | null;
  /** Block up to which the data were read, null with the root. */
  readonly dataBlock: number | null;
  /** SPDX id of the licence that its maker gives it under; absent where none is stated. */
  readonly licence?: string;
}

export type ArtifactDescription = Omit<ArtifactManifest, 'format'>;

/**
 * What a forecaster is set to by the config of an artifact, without the number of the last statement that training knew.
 *
 * @throws {ForecastingError} INVALID_OPTIONS where that is no number of a statement
 */
export function settingsOf({
  statementsUpTo,
  ...settings
}: ArtifactManifest['config']): ArtifactManifest['config'] {
  if (
    statementsUpTo === undefined ||
    (Number.isSafeInteger(statementsUpTo) && (statementsUpTo as number) > 0)
  )
    return settings;
  throw new ForecastingError('INVALID_OPTIONS', 'statementsUpTo must be the number of a statement');
}

/** @returns the refusal of a forecaster, with those known */
export function unknownForecaster(found: unknown, known: readonly string[]): ForecastingError {
  const message = `the artifact asks for forecaster ${JSON.stringify(found)}; known are ${known.join(', ')}`;
  return new ForecastingError('ARTIFACT_FORECASTER_UNKNOWN', message);
}

/** A refusal of bytes or metadata that hold no artifact. */
export const unreadable = (message: string): ForecastingError =>
  new ForecastingError('ARTIFACT_UNREADABLE', message);

/** True for a JSON object. */
const oneOf = <T extends string>(known: readonly T[], value: unknown): value is T =>
  known.some((name) => name === value);

/**
 * Reads the metadata of an artifact from a source that need not be trusted.
 *
 * @throws {ForecastingError} ARTIFACT_FORMAT_UNKNOWN, ARTIFACT_FAMILY_UNKNOWN, ARTIFACT_FORECASTER_UNKNOWN,
 * ARTIFACT_UNREADABLE, with what was found and what was expected
 */
export function parseManifest(found: unknown): ArtifactManifest {
  if (!isRecord(found)) throw unreadable('the metadata is no JSON object');
  const { format, family, forecaster, config, featureSpec, dataRoot, dataBlock, licence } = found;
  if (format !== ARTIFACT_FORMAT) {
    const message = `the artifact has format ${JSON.stringify(format)}, "${ARTIFACT_FORMAT}" was expected`;
    throw new ForecastingError('ARTIFACT_FORMAT_UNKNOWN', message);
  }
  if (!oneOf(FORECAST_FAMILIES, family)) {
    const message = `the artifact is of family ${JSON.stringify(family)}; known are ${FORECAST_FAMILIES.join(', ')}`;
    throw new ForecastingError('ARTIFACT_FAMILY_UNKNOWN', message);
  }
  if (!oneOf(FORECASTERS, forecaster)) throw unknownForecaster(forecaster, FORECASTERS);
  if (!isRecord(config)) throw unreadable('config is no JSON object');
  if (
    !isRecord(featureSpec) ||
    !oneOf(MEASURES, featureSpec.measure) ||
    !oneOf(FREQUENCIES, featureSpec.frequency)
  ) {
    throw unreadable(`featureSpec is ${JSON.stringify(featureSpec)}; it must name a measure and a frequency`);
  }
  if (dataRoot !== null && typeof dataRoot !== 'string')
    throw unreadable('dataRoot is neither null nor text');
  if (
    dataBlock !== null &&
    !(typeof dataBlock === 'number' && Number.isSafeInteger(dataBlock) && dataBlock >= 0)
  ) {
    throw unreadable(`dataBlock is ${JSON.stringify(dataBlock)}; it must be null or a block number`);
  }
  if (licence !== undefined && !(typeof licence === 'string' && /^[\w.+() -]{1,100}$/.test(licence)))
    throw unreadable('licence is no SPDX id or expression of at most 100 characters');
  const { measure, frequency } = featureSpec;
  return {
    ...{ format, family, forecaster, config, featureSpec: { measure, frequency }, dataRoot, dataBlock },
    ...(licence === undefined ? {} : { licence }),
  };
}
