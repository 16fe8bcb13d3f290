import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProcessClock } from '@tallyhouse/database';
import {
  extractEntities,
  normaliseText,
  recallInputOf,
  TextIntake,
  TextProofReader,
  TextReader,
  TextSearch,
  type Entity,
  type TextEntityRow,
  type TextIntakeOutcome,
  type TextLinkRow,
  type TextProofRow,
  type TextRow,
  type TextTopicRow,
} from '@tallyhouse/nlp';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { InputError } from '../shared/errors/api.errors.js';
import type { Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { TextIntakeModel } from './text-intake.model.js';
import { TextList, type FoundText } from './text-list.js';
import { FoundEntityModel, RecallCriteriaModel, TextProofModel } from './text-proof.model.js';
import { NewTextInput, TextFilterInput, TextSearchInput } from './text.input.js';
import {
  SimilarTextModel,
  TextConnectionModel,
  TextEntityModel,
  TextLinkModel,
  TextModel,
  TextTopicModel,
} from './text.model.js';

const MAX_NEW_TEXTS = 100;
const MAX_SIMILAR = 20;
const MAX_GIVEN_CHARACTERS = 20_000;

@Resolver(() => TextModel)
export class TextResolver {
  public constructor(
    private readonly list: TextList,
    private readonly readers: TextReader,
    private readonly finder: TextSearch,
    private readonly proofs: TextProofReader,
    private readonly intake: TextIntake,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => TextConnectionModel, {
    complexity: ({ childComplexity, args }) => 20 + childComplexity * Number(args['first'] ?? 20),
    description: 'Texts, newest first; with a search those that it finds, best first, on one page.',
  })
  public texts(
    @Args('search', { type: () => TextSearchInput, nullable: true }) search: TextSearchInput | null,
    @Args('filter', { type: () => TextFilterInput, nullable: true }) filter: TextFilterInput | null,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<FoundText>> {
    return this.list.list(search, filter ?? {}, page);
  }

  @Query(() => TextModel, { nullable: true })
  public text(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<TextRow | null> {
    return loaders.text.load(id.toLowerCase());
  }

  @Query(() => TextProofModel, {
    nullable: true,
    complexity: 10,
    description: 'Null until its batch is on chain.',
  })
  public textProof(@Args('textId', { type: () => ID }) textId: string): Promise<TextProofRow | undefined> {
    return this.proofs.find(textId.toLowerCase());
  }

  @Query(() => RecallCriteriaModel, { nullable: true, description: 'Criteria of a recall from a text.' })
  public async recallCriteria(
    @Args('textId', { type: () => ID }) textId: string,
  ): Promise<RecallCriteriaModel | undefined> {
    const criteria = await this.readers.recallCriteria(textId.toLowerCase());
    return criteria && { ...criteria, input: recallInputOf(criteria) };
  }

  @Query(() => [FoundEntityModel], {
    complexity: 50,
    description: 'What a given text names; it is not stored. At most 20,000 characters.',
  })
  public entities(@Args('text', { type: () => String }) text: string): Entity[] {
    if (text.length > MAX_GIVEN_CHARACTERS) {
      throw new InputError(
        'ARGUMENT_INVALID',
        `text: ${text.length} characters, at most ${MAX_GIVEN_CHARACTERS}`,
      );
    }
    return extractEntities(normaliseText(text));
  }

  @NeedsScope('capture')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => TextIntakeModel, {
    complexity: 100,
    description: 'Takes in at most 100 texts of the partner whose key is in the header x-api-key.',
  })
  public addTexts(
    @Args('texts', { type: () => [NewTextInput] }) texts: NewTextInput[],
    @Context() context: RequestContext,
  ): Promise<TextIntakeOutcome> {
    if (texts.length > MAX_NEW_TEXTS) {
      throw new InputError(
        'ARGUMENT_INVALID',
        `texts: ${texts.length} sent, at most ${MAX_NEW_TEXTS} are taken at once`,
      );
    }
    return this.intake.take(texts, context.partner!, 'API', this.clock.now());
  }

  @ResolveField('entities', () => [TextEntityModel], { description: 'What it names.' })
  public entitiesOf(
    @Parent() text: TextRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly TextEntityRow[]> {
    return loaders.textEntities.load(text.id);
  }

  @ResolveField(() => [TextLinkModel], { description: 'What it is about.' })
  public links(
    @Parent() text: TextRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly TextLinkRow[]> {
    return loaders.textLinks.load(text.id);
  }

  @ResolveField(() => TextTopicModel, { nullable: true })
  public topic(@Parent() text: TextRow, @Context('loaders') loaders: Loaders): Promise<TextTopicRow | null> {
    return loaders.textTopic.load(text.id);
  }

  @ResolveField(() => [SimilarTextModel], {
    complexity: 20,
    description: 'Texts of the nearest meaning, at most 20.',
  })
  public async similar(
    @Parent() text: TextRow,
    @Args('first', { type: () => Int, defaultValue: 5 }) first: number,
    @Context('loaders') loaders: Loaders,
  ): Promise<SimilarTextModel[]> {
    const near = await this.finder.similar(text.id, Math.min(Math.max(first, 1), MAX_SIMILAR));
    const rows = await Promise.all(near.map(({ id }) => loaders.text.load(id)));
    return near.flatMap(({ similarity }, index) => (rows[index] ? [{ similarity, text: rows[index] }] : []));
  }
}
