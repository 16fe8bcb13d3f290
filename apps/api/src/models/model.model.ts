import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ModelFamilyRow, ModelRuntimeRow, ModelVersionRow } from '@tallyhouse/model-registry';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const ModelVersionStateEnum = {
  PROPOSED: 'PROPOSED',
  ACTIVE: 'ACTIVE',
  PREVIOUS: 'PREVIOUS',
  RETIRED: 'RETIRED',
} as const;
registerEnumType(ModelVersionStateEnum, { name: 'ModelVersionState' });

export const ModelRuntimeStateEnum = { RUNNING: 'RUNNING', REFUSED: 'REFUSED' } as const;
registerEnumType(ModelRuntimeStateEnum, {
  name: 'ModelRuntimeState',
  description: 'Whether the workers took up the version they were told to run.',
});

@ObjectType('ModelRuntime', { description: 'What the workers run, and what they were told to run.' })
export class ModelRuntimeModel implements Omit<ModelRuntimeRow, 'family'> {
  @Field(() => HexScalar, { nullable: true })
  public runningVersionId: string | null;

  @Field(() => HexScalar, { nullable: true })
  public runningArtifactSha256: string | null;

  @Field(() => ID, { nullable: true })
  public runningProposalId: string | null;

  @Field(() => HexScalar)
  public wantedVersionId: string;

  @Field(() => HexScalar)
  public wantedArtifactSha256: string;

  @Field(() => ModelRuntimeStateEnum)
  public state: ModelRuntimeRow['state'];

  @Field(() => String, { nullable: true, description: 'Why the wanted version was refused.' })
  public reason: string | null;

  @Field(() => DateTimeScalar)
  public since: Date;
}

@ObjectType('ModelVersion', { description: 'A version that somebody put forward.' })
export class ModelVersionModel implements Omit<ModelVersionRow, 'familyId'> {
  @Field(() => ID, { description: 'keccak256(abi.encode(family, artifactSha256)).' })
  public id: string;

  @Field(() => String, { description: 'Name of the family.' })
  public family: string;

  @Field(() => HexScalar)
  public artifactSha256: string;

  @Field(() => HexScalar)
  public reportSha256: string;

  @Field(() => HexScalar)
  public dataRoot: string;

  @Field(() => BigIntScalar)
  public dataBlock: string;

  @Field(() => String)
  public uri: string;

  @Field(() => HexScalar)
  public proposer: string;

  @Field(() => ModelVersionStateEnum)
  public state: ModelVersionRow['state'];

  @Field(() => BigIntScalar)
  public proposedBlock: string;

  @Field(() => DateTimeScalar)
  public proposedTime: Date;
}

@ObjectType('ModelFamily', { description: 'A kind of model of which one version is in force.' })
export class ModelFamilyModel implements ModelFamilyRow {
  @Field(() => ID, { description: 'keccak256 of the name.' })
  public id: string;

  @Field(() => String)
  public name: string;
}
