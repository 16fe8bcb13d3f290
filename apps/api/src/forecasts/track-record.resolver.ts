import { Args, Query, Resolver } from '@nestjs/graphql';
import { TrackRecordReader, type TrackRecord } from '@tallyhouse/forecasting';
import { InputError } from '../shared/errors/api.errors.js';
import { TrackRecordArgs, TrackRecordModel } from './track-record.model.js';

const MOST_PERIODS = 400;

@Resolver(() => TrackRecordModel)
export class TrackRecordResolver {
  public constructor(private readonly records: TrackRecordReader) {}

  @Query(() => TrackRecordModel, {
    complexity: 100,
    description:
      'How forecasts did that were fixed on chain before their outcome, beside the seasonal naive.',
  })
  public forecastTrackRecord(@Args() { last, ...filter }: TrackRecordArgs): Promise<TrackRecord> {
    if (last < 1 || last > MOST_PERIODS)
      throw new InputError('ARGUMENT_INVALID', `last: expected 1 to ${MOST_PERIODS}, not ${last}`);
    return this.records.find(filter, last);
  }
}
