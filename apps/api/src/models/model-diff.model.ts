import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ComparisonLine, VersionRecordRow } from '@tallyhouse/forecasting';
import { BigIntScalar, HexScalar } from '../shared/scalars/index.js';
import { ModelVersionModel } from './model.model.js';

export const FileStateEnum = {
  ...{ IN_STORE: 'IN_STORE', MISSING: 'MISSING', ALTERED: 'ALTERED', UNREAD: 'UNREAD' },
} as const;
registerEnumType(FileStateEnum, {
  name: 'ArtifactFileState',
  description: 'Whether the store has the file, and whether its bytes have the hash that the chain has.',
  valuesMap: { UNREAD: { description: 'The store does not answer: nobody knows.' } },
});

export const VerdictEnum = { BETTER: 'BETTER', WORSE: 'WORSE', UNDECIDED: 'UNDECIDED' } as const;
registerEnumType(VerdictEnum, {
  name: 'ComparisonVerdict',
  description: 'By the interval of the difference: all of it below zero, all of it above, or neither.',
});

@ObjectType('ArtifactFile', { description: 'A file that a version names by its hash.' })
export class ArtifactFileModel {
  @Field(() => HexScalar, { description: 'As the chain has it.' })
  public sha256: string;

  @Field(() => FileStateEnum)
  public state: keyof typeof FileStateEnum;

  @Field(() => Int, { nullable: true, description: 'Size; null unless the file is in the store.' })
  public bytes: number | null;
}

@ObjectType('VersionRecord', { description: 'How the forecasts did that a version committed on chain.' })
export class VersionRecordModel implements VersionRecordRow {
  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => Int)
  public runs: number;

  @Field(() => Int, { description: 'Forecasts whose outcome is known.' })
  public scored: number;

  @Field(() => Float, { nullable: true })
  public meanSmape: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of outcomes inside the 80 % interval.' })
  public coverage80: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'MASE over that of the seasonal naive on the same forecasts; below 1 the model did better.',
  })
  public relativeMase: number | null;
}

@ObjectType('ModelSide', { description: 'A version as one side of a change.' })
export class ModelSideModel {
  @Field(() => ModelVersionModel)
  public version: ModelVersionModel;

  @Field(() => HexScalar, { description: 'Who put it forward.' })
  public trainedBy: string;

  @Field(() => HexScalar, { description: 'Root of all that was anchored when it was trained.' })
  public dataRoot: string;

  @Field(() => BigIntScalar)
  public dataBlock: string;

  @Field(() => ArtifactFileModel)
  public artifact: ArtifactFileModel;

  @Field(() => ArtifactFileModel)
  public report: ArtifactFileModel;

  @Field(() => String, { nullable: true, description: 'What the artifact says that it is.' })
  public forecaster: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SPDX id, as the artifact says; null when it says none.',
  })
  public licence: string | null;

  @Field(() => VersionRecordModel, {
    nullable: true,
    description: 'How it did while in force; null before. What it did in shadow is `version.shadow`.',
  })
  public record: VersionRecordRow | null;
}

@ObjectType('ComparisonLine', {
  description: 'An error of both models on the same forecasts; less is better.',
})
export class ComparisonLineModel implements Omit<ComparisonLine, 'incumbent' | 'candidate'> {
  @Field(() => String, { description: 'The group of series; `overall` for all.' })
  public group: string;

  @Field(() => Int)
  public series: number;

  @Field(() => String, { description: 'mase, smape or crps.' })
  public measure: ComparisonLine['measure'];

  @Field(() => Float)
  public old: number;

  @Field(() => Float)
  public new: number;

  @Field(() => Float, { description: 'new less old.' })
  public difference: number;

  @Field(() => Float)
  public low: number;

  @Field(() => Float)
  public high: number;

  @Field(() => VerdictEnum)
  public verdict: ComparisonLine['verdict'];
}

@ObjectType('ModelComparison', {
  description: 'What the report of the new version says of it beside the one that ran when it was trained.',
})
export class ModelComparisonModel {
  @Field(() => String)
  public incumbent: string;

  @Field(() => HexScalar, {
    nullable: true,
    description: 'Artifact of the model that it was measured against.',
  })
  public incumbentArtifact: string | null;

  @Field(() => Boolean, { description: 'That is the version which it would replace.' })
  public isAgainstOld: boolean;

  @Field(() => Float, { description: 'Share of the intervals: a bootstrap over series.' })
  public confidence: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Tolerance to which the figures can be measured again.',
  })
  public tolerance: number | null;

  @Field(() => [ComparisonLineModel])
  public lines: readonly ComparisonLineModel[];

  @Field(() => [ComparisonLineModel], { description: 'Those where the new version is worse.' })
  public worse: readonly ComparisonLineModel[];
}

@ObjectType('ModelDiff', { description: 'What a proposal to change a model changes.' })
export class ModelDiffModel {
  @Field(() => String, { description: 'Name of the family.' })
  public family: string;

  @Field(() => ModelSideModel, { nullable: true, description: 'Null when the family runs nothing yet.' })
  public old: ModelSideModel | null;

  @Field(() => ModelSideModel)
  public new: ModelSideModel;

  @Field(() => ModelComparisonModel, {
    nullable: true,
    description: 'Null when the report holds no comparison, or the store lacks it.',
  })
  public comparison: ModelComparisonModel | null;
}
