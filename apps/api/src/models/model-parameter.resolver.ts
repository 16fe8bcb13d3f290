import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AnomaliesError, ANOMALY_FAMILY, parameterLines, readParameters } from '@tallyhouse/anomalies';
import {
  ensembleNumbers,
  FORECAST_FAMILIES,
  ForecastingError,
  isLatenessArtifact,
  latenessLines,
  readLateness,
} from '@tallyhouse/forecasting';
import { VersionFiles, type ModelVersionRow } from '@tallyhouse/model-registry';
import { manifestOf } from './manifest-of.js';
import { ModelParameterModel } from './model-parameter.model.js';
import { ModelVersionModel } from './model.model.js';

@Resolver(() => ModelVersionModel)
export class ModelParameterResolver {
  public constructor(private readonly files: VersionFiles) {}

  @ResolveField(() => [ModelParameterModel], {
    nullable: true,
    complexity: 50,
    description:
      'The numbers that are voted on, from the file with the hash that the chain has: thresholds and shares of a version of the family anomaly, weights and widths of an ensemble, settings of what tells lateness; null for others, and where the file cannot be had or read.',
  })
  public async parameters(@Parent() version: ModelVersionRow): Promise<ModelParameterModel[] | null> {
    if (version.family !== ANOMALY_FAMILY && !forecasts(version)) return null;
    const bytes = await this.files.find(version.artifactSha256);
    return bytes && numbersOf(version.family, bytes);
  }

  @ResolveField(() => String, {
    nullable: true,
    complexity: 50,
    description:
      'The method of a forecaster, such as theta, ensemble, tide or lateness, as its file says; null for other families, and where the file cannot be had or read.',
  })
  public async forecaster(@Parent() version: ModelVersionRow): Promise<string | null> {
    if (!forecasts(version)) return null;
    return manifestOf(await this.files.find(version.artifactSha256)).forecaster;
  }
}

/** Files of other families, such as text models, are large and hold neither. */
const forecasts = ({ family }: ModelVersionRow): boolean => FORECAST_FAMILIES.some((name) => name === family);

/** A file that is none was refused by the workers, and the family's runtime says why. */
function numbersOf(family: string, bytes: Uint8Array): ModelParameterModel[] | null {
  try {
    if (family === ANOMALY_FAMILY) return parameterLines(readParameters(bytes));
    return isLatenessArtifact(bytes) ? latenessLines(readLateness(bytes).settings) : ensembleNumbers(bytes);
  } catch (error) {
    if (error instanceof AnomaliesError || error instanceof ForecastingError) return null;
    throw error;
  }
}
