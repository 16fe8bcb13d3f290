import { seededRandom, type Engine } from '@tallyhouse/compute';
import {
  backtest,
  compareModels,
  createForecaster,
  demandClassOf,
  ENSEMBLE,
  ensembleSettings,
  evaluationReport,
  forecasterFromArtifact,
  GLOBAL_NETWORK,
  globalForecaster,
  informedForecaster,
  isLocalMethodName,
  panelSha256,
  parseLocalConfig,
  readArtifact,
  runWherePaying,
  settingsOf,
  STORED_LEVELS,
  takenCovariates,
  TIDE,
  tideForecaster,
  trainableEnsemble,
  withOutlook,
  type ArtifactManifest,
  type Candidate,
  type EvaluationReport,
  type Forecaster,
  type Outlook,
  type Panel,
  type StockOutsOfPanel,
  type TakenCovariates,
} from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';

export const HORIZON = 8;
const FOLDS = 4;
const FOLD_STRIDE = 4;
const MIN_HISTORY = 26;
const METHOD_TOLERANCE = 1e-6;
/** Networks are trained in single precision, and not to the same last bits on every machine. */
const NETWORK_TOLERANCE = 1e-3;

/** The model in whose place a candidate would come. */
export interface Incumbent {
  readonly artifactSha256: Hex;
  readonly candidate: Candidate;
}

export interface EvaluationOptions {
  /** The moment as of which the panel was read. */
  readonly asOf: Date;
  readonly dataRoot: Hex;
  /** Whether the candidate is or holds a network. */
  readonly learnsNetwork: boolean;
  readonly candidate: Candidate;
  readonly incumbent: Incumbent | undefined;
  readonly seed: number;
  readonly engine: Engine;
  /** What was said of the panel, for a candidate that takes covariates. */
  readonly outlook?: Outlook;
  /** What was said of stock-outs of the panel, where anything was. */
  readonly stockOuts?: StockOutsOfPanel | undefined;
}

/** Measures a candidate on rolling origins beside the baselines and the model that runs. */
export async function evaluateDemand(panel: Panel, options: EvaluationOptions): Promise<EvaluationReport> {
  const { asOf, dataRoot, learnsNetwork, candidate, incumbent, seed, engine, outlook, stockOuts } = options;
  // Before the backtest, which hides values while it runs.
  const digest = panelSha256(outlook ? withOutlook(panel, outlook) : panel);
  const classes = new Map(panel.series.map(({ id, values }) => [id, demandClassOf(values)]));
  const groupOf = (id: string): string => classes.get(id) ?? 'smooth';
  const measured = [candidate, ...(incumbent ? [incumbent.candidate] : [])];
  const result = await backtest(stockOuts?.outcomes ?? panel, measured, {
    ...{ horizon: HORIZON, levels: STORED_LEVELS, folds: FOLDS, stride: FOLD_STRIDE },
    ...{ minHistory: MIN_HISTORY, seed, engine },
    ...(stockOuts ? { asSaid: (origin: number) => stockOuts.asSaid(origin) } : {}),
  });
  const compared = incumbent && {
    ...compareModels(result, {
      ...{ incumbent: incumbent.candidate.label, candidate: candidate.label, groupOf },
      rng: seededRandom(seed),
    }),
    incumbentArtifact: incumbent.artifactSha256,
  };
  return evaluationReport(result, {
    ...{ groupOf, dataRoot, asOf: asOf.toISOString(), panelSha256: digest },
    tolerance: learnsNetwork ? NETWORK_TOLERANCE : METHOD_TOLERANCE,
    ...(compared ? { comparison: compared } : {}),
  });
}

/** Whether training a forecaster trains a network. */
export const learnsNetwork = (forecaster: string, ensembleHasNetwork: boolean): boolean =>
  forecaster === ENSEMBLE ? ensembleHasNetwork : forecaster === GLOBAL_NETWORK || forecaster === TIDE;

/** What was said of the panel, to whom takes covariates. */
export type OutlookOf = (taken: TakenCovariates) => Outlook;

/** A network with covariates in training, told at each origin what had been said by then. */
export const toldTide = (settings: Parameters<typeof tideForecaster>[0], outlook: Outlook): Forecaster =>
  informedForecaster(tideForecaster(settings), outlook);

/**
 * The candidate that an artifact came from, trained anew at every origin as it was when it was measured.
 *
 * @param outlook for one that takes covariates
 */
export function candidateOf(
  { forecaster, config: stated }: ArtifactManifest,
  label: string,
  outlook?: Outlook,
): Candidate {
  const config = settingsOf(stated);
  if (forecaster === TIDE && outlook) {
    const { calibration: _, covariates: __, ...settings } = config;
    return { label, create: () => toldTide(settings as Parameters<typeof tideForecaster>[0], outlook) };
  }
  if (forecaster === ENSEMBLE) {
    const trained = { ...ensembleSettings(config), runner: runWherePaying };
    return { label, create: () => trainableEnsemble(trained) };
  }
  if (forecaster !== GLOBAL_NETWORK)
    return { label, create: () => createForecaster(forecaster, parseLocalConfig(config)) };
  const { calibration: _, ...settings } = config;
  return { label, create: () => globalForecaster(settings as Parameters<typeof globalForecaster>[0]) };
}

/**
 * A version as it runs. A network or an ensemble is not trained anew: it may have seen what it is measured on, which favours it and never the
 * candidate.
 */
export async function incumbentOf(
  artifactSha256: Hex,
  bytes: Uint8Array,
  engine: Engine,
  outlookOf: OutlookOf,
): Promise<Incumbent> {
  const manifest = readArtifact(bytes);
  const label = `running ${manifest.forecaster}`;
  const taken = takenCovariates(manifest);
  if (isLocalMethodName(manifest.forecaster))
    return { artifactSha256, candidate: candidateOf(manifest, label) };
  const opened = await forecasterFromArtifact(bytes, { engine, runner: runWherePaying });
  const forecaster = taken ? informedForecaster(opened, outlookOf(taken)) : opened;
  return { artifactSha256, candidate: { label, create: () => forecaster } };
}
