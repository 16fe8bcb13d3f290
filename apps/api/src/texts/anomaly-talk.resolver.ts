import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { AnomalyRow } from '@tallyhouse/anomalies';
import { TalkReader, type TalkRow } from '@tallyhouse/nlp';
import { AnomalyModel } from '../anomalies/anomaly.model.js';
import type { Loaders } from '../shared/request/loaders.js';
import { TalkModel } from './talk.model.js';

const MAX_TEXTS = 20;
const MAX_DAYS_BEFORE = 366;
const DAY_MS = 86_400_000;

@Resolver(() => AnomalyModel)
export class AnomalyTalkResolver {
  public constructor(private readonly talk: TalkReader) {}

  @ResolveField('talk', () => TalkModel, {
    nullable: true,
    complexity: ({ childComplexity, args }) => 10 + childComplexity * Number(args['first'] ?? 3),
    description:
      'What was written about the product, site or lane of the series up to the strange value, from some days before it.',
  })
  public async talkOf(
    @Parent() { seriesId, windowStart, windowEnd }: AnomalyRow,
    @Context('loaders') loaders: Loaders,
    @Args('daysBefore', { type: () => Int, defaultValue: 14, description: 'At most 366.' })
    daysBefore: number,
    @Args('first', { type: () => Int, defaultValue: 3, description: 'Texts, at most 20.' }) first: number,
  ): Promise<TalkRow | null> {
    const series = seriesId === null ? null : await loaders.series.load(seriesId);
    if (!series) return null;
    const { partner, product, site, destination } = series;
    const days = Math.min(Math.max(daysBefore, 0), MAX_DAYS_BEFORE);
    return this.talk.talk(
      {
        partner,
        about: [product, site, destination].filter((uri) => uri !== null),
        from: new Date(windowStart.getTime() - days * DAY_MS),
        to: windowEnd,
      },
      Math.min(Math.max(first, 0), MAX_TEXTS),
    );
  }
}
