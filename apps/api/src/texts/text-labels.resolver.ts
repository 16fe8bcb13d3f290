import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProcessClock } from '@tallyhouse/database';
import {
  classify,
  LabelCorrections,
  normaliseText,
  RunningTextModelReader,
  type LabelCorrectionRow,
  type TextLabelRow,
  type TextRow,
} from '@tallyhouse/nlp';
import type { Hex } from '@tallyhouse/proofs';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { InputError } from '../shared/errors/api.errors.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { HexScalar } from '../shared/scalars/index.js';
import { ClassificationModel, LabelCorrectionModel, TextLabelModel } from './text-label.model.js';
import { TextModel } from './text.model.js';

const MAX_GIVEN_CHARACTERS = 20_000;
const HASH_CHARACTERS = 66;

@Resolver(() => TextModel)
export class TextLabelsResolver {
  public constructor(
    private readonly running: RunningTextModelReader,
    private readonly corrections: LabelCorrections,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => ClassificationModel, {
    nullable: true,
    complexity: 50,
    description: 'What the running voted model says of a given text, not stored; null while none was voted.',
  })
  public async classify(
    @Args('text', { type: () => String }) text: string,
  ): Promise<ClassificationModel | null> {
    if (text.length > MAX_GIVEN_CHARACTERS) {
      throw new InputError('ARGUMENT_INVALID', `text: ${text.length} characters, at most 20000`);
    }
    const found = await this.running.find();
    if (!found) return null;
    const { model, ...version } = found;
    return { ...version, ...classify(model, normaliseText(text)) };
  }

  @NeedsScope('judge')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => Boolean, {
    complexity: 20,
    description:
      'Says which labels a text has. What models said stays; the next candidate learns from it. Needs x-api-key.',
  })
  public async correctTextLabels(
    @Args('textSha256', { type: () => HexScalar }) textSha256: Hex,
    @Args('labels', { type: () => [String] }) labels: string[],
    @Args('reason', { type: () => String, defaultValue: '' }) reason: string,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    if (textSha256.length !== HASH_CHARACTERS) {
      throw new InputError('ARGUMENT_INVALID', 'textSha256: expected 0x and 64 digits');
    }
    await this.corrections.correct(
      { textSha256, labels, reason, correctedBy: context.partner! },
      this.clock.now(),
    );
    return true;
  }

  @ResolveField(() => [TextLabelModel], { description: 'What versions said, the latest first.' })
  public labels(
    @Parent() text: TextRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly TextLabelRow[]> {
    return loaders.textLabels.load(text.textSha256);
  }

  @ResolveField('corrections', () => [LabelCorrectionModel], {
    description: 'What people said, the last first; it is what the next candidate learns from.',
  })
  public correctionsOf(
    @Parent() text: TextRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly LabelCorrectionRow[]> {
    return loaders.textCorrections.load(text.textSha256);
  }
}
