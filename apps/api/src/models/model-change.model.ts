import { ObjectType } from '@nestjs/graphql';

@ObjectType('ModelChange', {
  description: 'The version that a proposal would put in force, and the one before.',
})
export class ModelChangeModel {}
