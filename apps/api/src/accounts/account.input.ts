import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import type {
  DelegateFilter,
  DelegateSort,
  DelegatorSort,
  PowerSort,
  TimeRange,
} from '@tallyhouse/governance';
import { BigIntScalar, DateTimeScalar } from '../shared/scalars/index.js';

export const DelegateSortEnum: { readonly [Sort in DelegateSort]: Sort } = {
  MOST_VOTES: 'MOST_VOTES',
  MOST_DELEGATORS: 'MOST_DELEGATORS',
  LATEST_CHANGE: 'LATEST_CHANGE',
};
registerEnumType(DelegateSortEnum, { name: 'DelegateSort' });

export const DelegatorSortEnum: { readonly [Sort in DelegatorSort]: Sort } = {
  LARGEST: 'LARGEST',
  NEWEST: 'NEWEST',
};
registerEnumType(DelegatorSortEnum, { name: 'DelegatorSort' });

export const PowerSortEnum: { readonly [Sort in PowerSort]: Sort } = { OLDEST: 'OLDEST', NEWEST: 'NEWEST' };
registerEnumType(PowerSortEnum, { name: 'PowerSort' });

@InputType('DelegateFilter', { description: 'Which delegates; every given field must match.' })
export class DelegateFilterInput implements DelegateFilter {
  @Field(() => BigIntScalar, { nullable: true, description: 'At least so many, in the smallest unit.' })
  public minVotes?: bigint | null;

  @Field(() => Int, { nullable: true })
  public minDelegators?: number | null;
}

@InputType('PowerRange', { description: 'A stretch of time, both ends in it.' })
export class TimeRangeInput implements TimeRange {
  @Field(() => DateTimeScalar, { nullable: true })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public to?: Date | null;
}
