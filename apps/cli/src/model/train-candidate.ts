import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import {
  artifactOf,
  createForecaster,
  ENSEMBLE,
  ensembleArtifact,
  FORECASTERS,
  globalForecaster,
  GLOBAL_NETWORK,
  informedForecaster,
  isLocalMethodName,
  networkArtifact,
  PanelRepository,
  runWherePaying,
  StatementRepository,
  TIDE,
  tideArtifact,
  tideForecaster,
  trainableEnsemble,
  type ArtifactDescription,
  type DatedPanel,
  type EnsembleSettings,
  type EvaluationReport,
  type Forecaster,
  type Outlook,
} from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { canonicalJson, merkleTree, type Hex, type JsonObject } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { artifactUri } from '../deploy/first-model.js';
import { demandSummary } from './demand-summary.js';
import {
  evaluateDemand,
  HORIZON,
  incumbentOf,
  learnsNetwork,
  toldTide,
  type Incumbent,
} from './evaluate-demand.js';
import { trainingStatements, type TrainingStatements } from './training-outlook.js';

export interface TrainOptions {
  readonly dataSource: DataSource;
  /** A method's name, `ensemble`, `global-network` or `tide`. */
  readonly forecaster: string;
  /** Engine, as TALLYHOUSE_DEVICE names it; the best that works here when left out. */
  readonly device?: string;
  readonly seed?: number;
  /** Training steps of a network. */
  readonly steps?: number;
  /** False for an ensemble without a network. */
  readonly network?: boolean;
  /** SPDX id of the licence that the artifact states. */
  readonly licence?: string;
  /** Covariates that the network with covariates is to take; all that were said, where left out. */
  readonly covariates?: readonly string[];
}

/** A model that can be put to the vote: artifact and report are in the store. */
export interface TrainedCandidate {
  readonly family: 'demand';
  readonly forecaster: string;
  readonly artifactSha256: Hex;
  readonly reportSha256: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: number;
  readonly uri: string;
  readonly report: EvaluationReport;
  /** The figures in words, for voters. */
  readonly summary: string;
  /** Label of the candidate among the report's models. */
  readonly label: string;
}

const DEFAULT_SEED = 20_26;
const FEATURES = { measure: 'DEMAND', frequency: 'weekly' } as const;

/** Trains a demand model on what is anchored now, evaluates it on rolling origins beside the baselines, keeps both files. */
export async function trainCandidate(
  place: { readonly artifactFolder: string },
  options: TrainOptions,
): Promise<TrainedCandidate> {
  const evidence = await evidenceOf(options.dataSource);
  const panels = new PanelRepository(options.dataSource);
  const said = await new StatementRepository(options.dataSource).read();
  const request = { ...FEATURES, asOf: evidence.time, statementsUpTo: said.at(-1)?.seq ?? 0 };
  const dated = await panels.anchoredPanel(request, evidence.block);
  if (!dated)
    throw new CliError(
      'there are no complete weeks of demand yet',
      'capture events first: ./tallyhouse import or ./tallyhouse up',
    );
  const statements = trainingStatements(said, dated, evidence);
  const told =
    options.forecaster === TIDE ? statements.outlook(statements.covariates(options.covariates)) : undefined;
  const { dataRoot, upTo } = told ? statements.told : statements.untold;
  const engine = await openEngine({ device: options.device ?? process.env['TALLYHOUSE_DEVICE'] });
  try {
    const store = new FileArtifactStore(place.artifactFolder);
    const report = await evaluateDemand(dated.panel, {
      ...{
        asOf: evidence.time,
        dataRoot,
        engine,
        learnsNetwork: learnsNetwork(options.forecaster, options.network !== false),
      },
      ...(told ? { outlook: told } : {}),
      stockOuts: dated.stockOuts,
      candidate: { label: labelOf(options.forecaster), create: () => forecasterOf(options, told) },
      incumbent: await runningModel(options.dataSource, store, engine, statements),
      seed: options.seed ?? DEFAULT_SEED,
    });
    const bytes = await artifactBytes(dated, options, { ...evidence, dataRoot }, { engine, told, upTo });
    const artifactSha256 = await store.put(bytes);
    const reportSha256 = await store.put(
      new TextEncoder().encode(canonicalJson({ ...report } as unknown as JsonObject)),
    );
    return {
      family: 'demand',
      forecaster: options.forecaster,
      artifactSha256,
      reportSha256,
      dataRoot,
      dataBlock: evidence.block,
      uri: artifactUri(artifactSha256),
      report,
      summary: demandSummary(report),
      label: labelOf(options.forecaster),
    };
  } finally {
    await engine.close();
  }
}

/** The demand model in force; undefined where its file is not in the store, which its report then says nothing of. */
async function runningModel(
  dataSource: DataSource,
  store: FileArtifactStore,
  engine: Engine,
  statements: TrainingStatements,
): Promise<Incumbent | undefined> {
  const [active]: { sha256: Hex }[] = await dataSource.query(
    "SELECT artifact_sha256 AS sha256 FROM model_active WHERE family_name = 'demand'",
  );
  if (!active || !(await store.has(active.sha256))) return undefined;
  return incumbentOf(active.sha256, await store.get(active.sha256), engine, statements.outlook);
}

export interface Evidence {
  readonly time: Date;
  readonly block: number;
  /** Root over all anchored roots up to the block, in the order of the chain. */
  readonly dataRoot: Hex;
  /** Those roots. */
  readonly roots: readonly Hex[];
}

/** What is on chain now, to say what a version was learned from. */
export async function evidenceOf(dataSource: DataSource): Promise<Evidence> {
  const rows: { root: Hex; block: string; time: Date }[] = await dataSource.query(
    `SELECT t.root, c.block_number AS block, c.block_time AS time
     FROM trace_anchored t JOIN chain_checkpoint c ON c.chain_id = t.chain_id
     WHERE t.block_number <= c.block_number ORDER BY t.block_number, t.log_index`,
  );
  const [first] = rows;
  if (!first)
    throw new CliError('nothing is anchored yet', 'wait until the first batch is indexed and try again');
  const roots = rows.map(({ root }) => root);
  return {
    time: first.time,
    block: Number(first.block),
    dataRoot: merkleTree(roots).root,
    roots,
  };
}

async function artifactBytes(
  dated: DatedPanel,
  options: TrainOptions,
  evidence: Evidence,
  {
    engine,
    told,
    upTo,
  }: { readonly engine: Engine; readonly told: Outlook | undefined; readonly upTo: number },
): Promise<Uint8Array> {
  const description: Omit<ArtifactDescription, 'forecaster' | 'config'> = {
    family: 'demand',
    featureSpec: FEATURES,
    dataRoot: evidence.dataRoot,
    dataBlock: evidence.block,
    ...(options.licence === undefined ? {} : { licence: options.licence }),
  };
  const context = { rng: seededRandom(options.seed ?? DEFAULT_SEED), engine };
  if (told) {
    const tide = tideForecaster(networkSettings(options), (model) => tideArtifact(model, description, upTo));
    return (await informedForecaster(tide, told).fit(dated.panel, context)).toArtifact!();
  }
  const knownUpTo = upTo === 0 ? undefined : upTo;
  if (options.forecaster === ENSEMBLE) {
    const learning = trainableEnsemble(ensembleSettings(options), (model) =>
      ensembleArtifact(model, description, knownUpTo),
    );
    return (await learning.fit(dated.panel, context)).toArtifact!();
  }
  if (options.forecaster !== GLOBAL_NETWORK) {
    const config = { ...LOCAL_SETTINGS, ...(upTo === 0 ? {} : { statementsUpTo: upTo }) };
    return artifactOf({ ...description, forecaster: options.forecaster, config });
  }
  const forecaster = globalForecaster(networkSettings(options), (model) =>
    networkArtifact(model, description, knownUpTo),
  );
  const fitted = await forecaster.fit(dated.panel, context);
  return fitted.toArtifact!();
}

/** Demand is never negative. */
const LOCAL_SETTINGS = { lowerBound: 0 };

const stepsOf = ({ steps }: TrainOptions): { steps?: number } => (steps === undefined ? {} : { steps });

const ensembleSettings = (options: TrainOptions): EnsembleSettings => ({
  ...{ horizon: HORIZON, runner: runWherePaying },
  ...(options.network === false ? {} : { network: stepsOf(options) }),
});

function networkSettings(options: TrainOptions): Parameters<typeof globalForecaster>[0] {
  return { horizon: HORIZON, ...stepsOf(options) };
}

function forecasterOf(options: TrainOptions, told: Outlook | undefined): Forecaster {
  const { forecaster } = options;
  if (told) return toldTide(networkSettings(options), told);
  if (forecaster === ENSEMBLE) return trainableEnsemble(ensembleSettings(options));
  if (forecaster === GLOBAL_NETWORK) return globalForecaster(networkSettings(options));
  if (isLocalMethodName(forecaster)) return createForecaster(forecaster, LOCAL_SETTINGS);
  throw new CliError(`no forecaster is called ${forecaster}`, `choose one of ${FORECASTERS.join(', ')}`);
}

function labelOf(forecaster: string): string {
  return `candidate ${forecaster}`;
}
