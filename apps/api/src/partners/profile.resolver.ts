import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProcessClock } from '@tallyhouse/database';
import { ProfileRepository, SenderError, type ProfileRow } from '@tallyhouse/supply-chain';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { CaptureJobModel } from '../capture/capture.model.js';
import { InputError, UnauthenticatedError } from '../shared/errors/api.errors.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { HexScalar } from '../shared/scalars/index.js';
import { ProfileInputModel, ProfileModel, PutProfileModel } from './profile.model.js';

@Resolver(() => CaptureJobModel)
export class ProfileResolver {
  public constructor(
    private readonly kept: ProfileRepository,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => [ProfileModel], {
    complexity: 50,
    description: 'What events of a partner must meet now beyond the standard; at most 100.',
  })
  public partnerProfiles(@Args('partner', { type: () => HexScalar }) partner: string): Promise<ProfileRow[]> {
    return this.kept.inForce(partner);
  }

  @NeedsScope('profile')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => PutProfileModel, {
    complexity: 100,
    description:
      'Puts a profile in force for the events of the partner whose key is in the header x-api-key.',
  })
  public async putPartnerProfile(
    @Args('input', { type: () => ProfileInputModel }) input: ProfileInputModel,
    @Context() context: RequestContext,
  ): Promise<PutProfileModel> {
    const { name, bizSteps, schema } = input;
    if (typeof schema !== 'object' || schema === null) {
      throw new InputError('ARGUMENT_INVALID', 'schema: expected a JSON Schema, a JSON object');
    }
    const put = { partner: partnerOf(context), name, bizSteps, schema, setBy: 'PARTNER' } as const;
    try {
      return { profile: asModel(await this.kept.put(put, this.clock.now())), faults: [] };
    } catch (error) {
      if (!(error instanceof SenderError) || error.faults.length === 0) throw error;
      return { profile: null, faults: [...error.faults] };
    }
  }

  @NeedsScope('profile')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => Boolean, {
    complexity: 50,
    description: 'Takes a profile of this partner out of force; false if none of that name is in force.',
  })
  public retirePartnerProfile(
    @Args('name', { type: () => String }) name: string,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    return this.kept.retire(partnerOf(context), name, 'PARTNER', this.clock.now());
  }

  @ResolveField(() => [ProfileModel], { description: 'The profiles by which the events were judged.' })
  public async profiles(
    @Parent() job: CaptureJobModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<ProfileModel[]> {
    return (await loaders.captureProfiles.load(job.id)).map(asModel);
  }
}

function partnerOf({ partner }: RequestContext): string {
  if (partner === undefined) throw new UnauthenticatedError('a profile needs an API key');
  return partner;
}

function asModel(row: ProfileRow): ProfileModel {
  return { ...row, bizSteps: [...row.bizSteps] };
}
