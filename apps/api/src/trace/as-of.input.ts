import { Field, InputType } from '@nestjs/graphql';
import { NOW, type AsOf } from '@tallyhouse/audit';
import { InputError } from '../shared/errors/api.errors.js';
import { BigIntScalar, DateTimeScalar } from '../shared/scalars/index.js';

@InputType('AsOf', {
  description:
    'What counts as known: all that was captured up to a time, or all that was anchored up to a block. One of the two.',
})
export class AsOfInput {
  @Field(() => BigIntScalar, { nullable: true, description: 'Number of a block of the chain.' })
  public block?: bigint | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public time?: Date | null;
}

/** Everything known now where nothing is asked for. */
export function asOfFrom(input: AsOfInput | null | undefined): AsOf {
  const block = input?.block ?? undefined;
  const time = input?.time ?? undefined;
  if (block !== undefined && time !== undefined)
    throw new InputError('ARGUMENT_INVALID', 'asOf: give a block or a time, not both');
  if (block !== undefined) {
    if (block < 0n || block >= 2n ** 63n)
      throw new InputError('ARGUMENT_INVALID', 'asOf.block: not a block number');
    return { kind: 'BLOCK', block };
  }
  return time === undefined ? NOW : { kind: 'TIME', time };
}
