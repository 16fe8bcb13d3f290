import { Field, ObjectType } from '@nestjs/graphql';
import { HexScalar } from '../shared/scalars/index.js';
import { ModelRuntimeStateEnum } from './model.model.js';

@ObjectType('ModelRuntimeChange', { description: 'The workers switched to a version, or refused it.' })
export class ModelRuntimeChangeModel {
  @Field(() => String, { description: 'Name of the family.' })
  public family: string;

  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => ModelRuntimeStateEnum)
  public state: string;
}
