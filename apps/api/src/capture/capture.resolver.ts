import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type {
  AnchoringRow,
  CaptureDocumentRow,
  CaptureErrorRow,
  CaptureJobRow,
} from '@tallyhouse/supply-chain';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { JsonScalar } from '../shared/scalars/index.js';
import { ApiKeyGuard } from './api-key.guard.js';
import {
  CaptureAnchoringModel,
  CaptureDocumentModel,
  CaptureErrorBehaviourEnum,
  CaptureErrorModel,
  CaptureJobModel,
} from './capture.model.js';
import { DocumentCapture } from './document-capture.js';

const NOTHING_STORED = { pending: 0, sealed: 0, anchored: 0, final: 0 };

@Resolver(() => CaptureJobModel)
export class CaptureResolver {
  public constructor(private readonly capture: DocumentCapture) {}

  @NeedsScope('capture')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => CaptureJobModel, {
    complexity: 100,
    description:
      'Captures an EPCIS 2.0 JSON-LD document of the partner whose key is in the header x-api-key.',
  })
  public captureEvents(
    @Args('document', { type: () => JsonScalar }) document: unknown,
    @Args('errorBehaviour', { type: () => CaptureErrorBehaviourEnum, defaultValue: 'ROLLBACK' })
    errorBehaviour: CaptureJobRow['errorBehaviour'],
    @Context() context: RequestContext,
  ): Promise<CaptureJobRow> {
    return this.capture.run(document, errorBehaviour, context);
  }

  @Query(() => CaptureJobModel, { nullable: true })
  public captureJob(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<CaptureJobRow | null> {
    return loaders.captureJob.load(id.toLowerCase());
  }

  @ResolveField(() => [CaptureErrorModel], { description: 'The first 100 things wrong with the document.' })
  public errors(
    @Parent() job: CaptureJobRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly CaptureErrorRow[]> {
    return loaders.captureErrors.load(job.id);
  }

  @ResolveField(() => CaptureDocumentModel, {
    nullable: true,
    description: 'What was received; null when nothing of it was stored, and for captures by GraphQL.',
  })
  public document(
    @Parent() job: CaptureJobRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<CaptureDocumentRow | null> {
    return loaders.captureDocument.load(job.id);
  }

  @ResolveField(() => CaptureAnchoringModel, { complexity: 10 })
  public async anchoring(
    @Parent() job: CaptureJobRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<Omit<AnchoringRow, 'jobId'>> {
    return (await loaders.captureAnchoring.load(job.id)) ?? NOTHING_STORED;
  }
}
