import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import {
  TopicReader,
  type TopicPeriodRow,
  type TopicRow,
  type TopicTrendRow,
  type TopicWindow,
} from '@tallyhouse/nlp';
import { InputError } from '../shared/errors/api.errors.js';
import { TopicModel, TopicPeriodModel, TopicTrendModel, TopicWindowInput } from './topic.model.js';

@Resolver(() => TopicModel)
export class TopicResolver {
  public constructor(private readonly topicReader: TopicReader) {}

  @Query(() => [TopicModel], { complexity: 200, description: 'Topics of the window, the largest first.' })
  public topics(
    @Args('window', { type: () => TopicWindowInput }) window: TopicWindowInput,
  ): Promise<TopicRow[]> {
    return this.topicReader.list(checked(window));
  }

  @Query(() => [TopicTrendModel], {
    complexity: 200,
    description:
      'Significant bursts of topics and of groups of like topics, of those that overlap the most significant.',
  })
  public trends(
    @Args('window', { type: () => TopicWindowInput }) window: TopicWindowInput,
  ): Promise<TopicTrendRow[]> {
    return this.topicReader.trends(checked(window));
  }

  @Query(() => [TopicPeriodModel], {
    complexity: 200,
    description:
      'How often a topic is spoken of about what the filter says: a covariate for series and anomalies.',
  })
  public textCovariate(
    @Args('window', { type: () => TopicWindowInput }) window: TopicWindowInput,
    @Args('topic', { type: () => Int, nullable: true, description: 'Any when null.' })
    topic?: number | null,
  ): Promise<TopicPeriodRow[]> {
    return this.topicReader.covariate(checked(window), topic ?? null);
  }
}

function checked({ filter, ...window }: TopicWindowInput): TopicWindow {
  if (window.from >= window.to) throw new InputError('ARGUMENT_INVALID', 'window: from must lie before to');
  return { ...window, filter: filter ?? {} };
}
