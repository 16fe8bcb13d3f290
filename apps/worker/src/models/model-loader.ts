import { ANOMALY_FAMILY, readParameters } from '@tallyhouse/anomalies';
import { readRuleSet, RULE_SET_FAMILY } from '@tallyhouse/audit';
import { openEngine, type Engine } from '@tallyhouse/compute';
import type { Config } from '@tallyhouse/config';
import {
  forecasterFromArtifact,
  isLatenessArtifact,
  LEAD_TIME_FAMILY,
  readArtifact,
  readLateness,
  runWherePaying,
  takenCovariates,
  type Forecaster,
  type Frequency,
  type Measure,
  type TakenCovariates,
} from '@tallyhouse/forecasting';
import { INCIDENT_TEXT, textModelFrom } from '@tallyhouse/nlp';

/** A model ready to run. */
export interface LoadedModel {
  readonly forecaster: Forecaster;
  readonly measure: Measure;
  readonly frequency: Frequency;
  readonly engine: Engine;
  /** What it takes of covariates. */
  readonly covariates: TakenCovariates | undefined;
}

/** Opens artifacts on this worker's engine, which is started when first needed. */
export class ModelLoader {
  private engine: Promise<Engine> | undefined;

  public constructor(private readonly config: Config) {}

  /** @throws when the bytes are no model of this family that this worker can run */
  public async check(family: string, bytes: Uint8Array): Promise<void> {
    if (family === INCIDENT_TEXT) {
      textModelFrom(bytes);
      return;
    }
    if (family === RULE_SET_FAMILY) return void readRuleSet(bytes);
    if (family === ANOMALY_FAMILY) return void readParameters(bytes);
    if (family === LEAD_TIME_FAMILY && isLatenessArtifact(bytes)) return void readLateness(bytes);
    const manifest = readArtifact(bytes);
    if (manifest.family !== family)
      throw new Error(`the artifact is a model of family ${manifest.family}, not ${family}`);
    await this.load(bytes);
  }

  public async load(bytes: Uint8Array): Promise<LoadedModel> {
    const manifest = readArtifact(bytes);
    const engine = await (this.engine ??= openEngine({ device: this.config.device }));
    const forecaster = await forecasterFromArtifact(bytes, { engine, runner: runWherePaying });
    return { forecaster, ...manifest.featureSpec, engine, covariates: takenCovariates(manifest) };
  }

  public async close(): Promise<void> {
    await (await this.engine)?.close();
  }
}
