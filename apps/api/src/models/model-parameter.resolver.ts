import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AnomaliesError,
  ANOMALY_FAMILY,
  parameterLines,
  readParameters,
  type ParameterLine,
} from '@tallyhouse/anomalies';
import { VersionFiles, type ModelVersionRow } from '@tallyhouse/model-registry';
import { ModelParameterModel } from './model-parameter.model.js';
import { ModelVersionModel } from './model.model.js';

@Resolver(() => ModelVersionModel)
export class ModelParameterResolver {
  public constructor(private readonly files: VersionFiles) {}

  @ResolveField(() => [ModelParameterModel], {
    nullable: true,
    complexity: 50,
    description:
      'The numbers of a version of the family anomaly, from the file with the hash that the chain has; null for other families, and where the file cannot be had or read.',
  })
  public async parameters(@Parent() version: ModelVersionRow): Promise<ParameterLine[] | null> {
    if (version.family !== ANOMALY_FAMILY) return null;
    const bytes = await this.files.find(version.artifactSha256);
    return bytes && linesOf(bytes);
  }
}

/** A file that is none was refused by the workers, and the family's runtime says why. */
function linesOf(bytes: Uint8Array): ParameterLine[] | null {
  try {
    return parameterLines(readParameters(bytes));
  } catch (error) {
    if (error instanceof AnomaliesError) return null;
    throw error;
  }
}
