import { decodeModel, encodeModel, GraphBuilder, type Engine, type Graph } from '@tallyhouse/compute';
import { canonicalJson, type JsonValue } from '@tallyhouse/proofs';
import type { Forecaster } from '../contract/forecaster.js';
import { trainedTide } from '../covariates/tide-forecaster.js';
import { assertTideGraph, TIDE, type TideModel } from '../covariates/tide-model.js';
import { parseEnsemble, type EnsembleModel } from '../ensemble/ensemble-model.js';
import { ENSEMBLE } from '../ensemble/joined-forecast.js';
import { learnedEnsemble, type EnsembleResources } from '../ensemble/learned-ensemble.js';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig, type GlobalConfig } from '../global/config.js';
import { trainedForecaster } from '../global/global-forecaster.js';
import { assertNetworkGraph } from '../global/network.js';
import { GLOBAL_NETWORK, type GlobalModel } from '../global/predict.js';
import { parseCalibration } from '../global/quantile-grid.js';
import { createForecaster, isLocalMethodName, LOCAL_METHODS, parseLocalConfig } from '../methods/registry.js';
import type { TakenCovariates } from '../statements/outlook.js';
import {
  ARTIFACT_FORMAT,
  parseManifest,
  settingsOf,
  unknownForecaster,
  unreadable,
  type ArtifactDescription,
  type ArtifactManifest,
} from './manifest.js';
import { parseTideConfig, tideConfig } from './tide-config.js';

const METADATA_KEY = 'tallyhouse';

function identityGraph(): Graph {
  const g = new GraphBuilder('identity');
  return g.build({ output: g.identity(g.input('input', [1])) });
}

function encode(graph: Graph, description: ArtifactDescription): Uint8Array {
  const { family, forecaster, config, featureSpec, dataRoot, dataBlock, licence } = description;
  const { measure, frequency } = featureSpec;
  const manifest = {
    format: ARTIFACT_FORMAT,
    family,
    forecaster,
    config,
    featureSpec: { measure, frequency },
    dataRoot,
    dataBlock,
    ...(licence === undefined ? {} : { licence }),
  };
  return encodeModel(graph, {
    [METADATA_KEY]: canonicalJson(parseManifest(manifest) as unknown as JsonValue),
  });
}

/**
 * The artifact of a method without weights: a graph of one Identity node and the metadata. The same
 * description always gives the same bytes.
 *
 * @throws {ForecastingError} ARTIFACT_FAMILY_UNKNOWN, ARTIFACT_FORECASTER_UNKNOWN, INVALID_OPTIONS
 * @example
 * artifactOf({ family: 'demand', forecaster: 'theta', config: {}, dataRoot: null, dataBlock: null,
 *   featureSpec: { measure: 'DEMAND', frequency: 'weekly' } });
 */
export function artifactOf(description: ArtifactDescription): Uint8Array {
  if (!isLocalMethodName(description.forecaster))
    throw unknownForecaster(description.forecaster, LOCAL_METHODS);
  parseLocalConfig(settingsOf(description.config));
  return encode(identityGraph(), description);
}

/**
 * The artifact of an ensemble: weights and spreads of each class go into `config`, the settings of its network too, whose weights are
 * the graph.
 *
 * @param statementsUpTo number of the last stock-out that training knew; left out where none had been said
 */
export function ensembleArtifact(
  { graph = identityGraph(), ...model }: EnsembleModel,
  description: Omit<ArtifactDescription, 'forecaster' | 'config'>,
  statementsUpTo?: number,
): Uint8Array {
  const config = { ...model, ...(statementsUpTo === undefined ? {} : { statementsUpTo }) };
  return encode(graph, { ...description, forecaster: ENSEMBLE, config });
}

/**
 * The artifact of a trained global network; its settings and calibration go into `config`.
 *
 * @param statementsUpTo number of the last stock-out that training knew; left out where none had been said
 */
export function networkArtifact(
  { graph, config, calibration }: GlobalModel,
  description: Omit<ArtifactDescription, 'forecaster' | 'config'>,
  statementsUpTo?: number,
): Uint8Array {
  const settings = { ...config, calibration, ...(statementsUpTo === undefined ? {} : { statementsUpTo }) };
  return encode(graph, { ...description, forecaster: GLOBAL_NETWORK, config: settings });
}

/**
 * The artifact of a trained network with covariates: their names, kinds and words, which were heard and how they are read, go into
 * `config`.
 *
 * @param statementsUpTo number of the last statement that training knew; left out where covariates came from a file
 */
export function tideArtifact(
  model: TideModel,
  description: Omit<ArtifactDescription, 'forecaster' | 'config'>,
  statementsUpTo?: number,
): Uint8Array {
  const config = { ...tideConfig(model), ...(statementsUpTo === undefined ? {} : { statementsUpTo }) };
  return encode(model.graph, { ...description, forecaster: TIDE, config });
}

/**
 * The network with covariates that an artifact holds; undefined where it is another forecaster.
 *
 * @throws {ForecastingError} as {@link forecasterFromArtifact}
 */
export function tideFromArtifact(bytes: Uint8Array): TideModel | undefined {
  const { graph, manifest } = decode(bytes);
  return manifest.forecaster === TIDE ? tideOf(graph, manifest) : undefined;
}

/**
 * What a model takes of covariates, by what its artifact says of itself; undefined where it takes none.
 *
 * @throws {ForecastingError} INVALID_OPTIONS
 */
export function takenCovariates(manifest: ArtifactManifest): TakenCovariates | undefined {
  const settings = tideSettings(manifest);
  return settings && { covariates: settings.covariates, block: settings.config.horizon };
}

/**
 * All that an artifact says of a network with covariates beside its weights; undefined where it is another forecaster.
 *
 * @throws {ForecastingError} INVALID_OPTIONS
 */
export function tideSettings({ forecaster, config }: ArtifactManifest): Omit<TideModel, 'graph'> | undefined {
  return forecaster === TIDE ? parseTideConfig(config) : undefined;
}

function tideOf(graph: Graph, manifest: ArtifactManifest): TideModel {
  const model = { graph, ...parseTideConfig(manifest.config) };
  assertTideGraph(model);
  assertSameFrequency(model.config, manifest);
  return model;
}

function assertSameFrequency({ frequency }: GlobalConfig, { featureSpec }: ArtifactManifest): void {
  if (frequency === featureSpec.frequency) return;
  throw unreadable(`the network forecasts ${frequency} series, featureSpec says ${featureSpec.frequency}`);
}

function decode(bytes: Uint8Array): { graph: Graph; manifest: ArtifactManifest } {
  let decoded: ReturnType<typeof decodeModel>;
  try {
    decoded = decodeModel(bytes);
  } catch (error) {
    throw unreadable(`the bytes are no model: ${error instanceof Error ? error.message : String(error)}`);
  }
  const text = decoded.metadata[METADATA_KEY];
  if (text === undefined) throw unreadable(`the model carries no metadata "${METADATA_KEY}"`);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw unreadable('the metadata is no JSON');
  }
  return { graph: decoded.graph, manifest: parseManifest(found) };
}

/**
 * What an artifact says of itself, without running it.
 *
 * @throws {ForecastingError} ARTIFACT_UNREADABLE, ARTIFACT_FORMAT_UNKNOWN, ARTIFACT_FAMILY_UNKNOWN,
 * ARTIFACT_FORECASTER_UNKNOWN
 */
export const readArtifact = (bytes: Uint8Array): ArtifactManifest => decode(bytes).manifest;

function engineFor({ forecaster }: ArtifactManifest, engine: Engine | undefined): Engine {
  if (engine) return engine;
  throw new ForecastingError('ENGINE_REQUIRED', `an artifact of ${forecaster} needs an engine`);
}

function networkOf(graph: Graph, manifest: ArtifactManifest, engine: Engine): Forecaster {
  const { calibration, seasonLength, horizon, ...rest } = settingsOf(manifest.config);
  const config = parseGlobalConfig({
    ...rest,
    seasonLength: seasonLength as number,
    horizon: horizon as number,
  });
  assertNetworkGraph(graph, config);
  return trainedForecaster({ graph, config, calibration: parseCalibration(calibration) }, engine);
}

function ensembleOf(graph: Graph, manifest: ArtifactManifest, options: EnsembleResources): Forecaster {
  const model = parseEnsemble(settingsOf(manifest.config));
  if (!model.network) return learnedEnsemble(model, options);
  assertNetworkGraph(graph, model.network);
  assertSameFrequency(model.network, manifest);
  const engine = engineFor(manifest, options.engine);
  return learnedEnsemble({ ...model, graph }, { ...options, engine });
}

/**
 * The forecaster that an artifact is, from its bytes alone. A network or an ensemble learns nothing more when it is
 * fitted; it takes the histories only.
 *
 * @param options.engine runs networks, that of an ensemble too; others need none
 * @param options.runner where the members of an ensemble run; in this thread by default
 * @throws {ForecastingError} as {@link readArtifact}; ENGINE_REQUIRED; INVALID_OPTIONS on settings that
 * the forecaster does not know
 */
export async function forecasterFromArtifact(
  bytes: Uint8Array,
  options: EnsembleResources = {},
): Promise<Forecaster> {
  const { graph, manifest } = decode(bytes);
  if (manifest.forecaster === GLOBAL_NETWORK)
    return networkOf(graph, manifest, engineFor(manifest, options.engine));
  if (manifest.forecaster === TIDE)
    return trainedTide(tideOf(graph, manifest), engineFor(manifest, options.engine));
  if (manifest.forecaster === ENSEMBLE) return ensembleOf(graph, manifest, options);
  return createForecaster(manifest.forecaster, parseLocalConfig(settingsOf(manifest.config)));
}
