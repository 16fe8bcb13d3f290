import { UseGuards } from '@nestjs/common';
import { Args, Context, Float, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ProcessClock } from '@tallyhouse/database';
import { ApiKeyRepository, type ApiKeyRow, type IssuedKey } from '@tallyhouse/identity';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { ApiKeyModel, IssuedKeyModel, NewKeyModel } from './key.model.js';
import { PartnerKeys } from './partner-keys.js';

const HOUR_MS = 3_600_000;

/** A partner's own keys, for who has the scope `keys`. */
@Resolver(() => ApiKeyModel)
@NeedsScope('keys')
@UseGuards(ApiKeyGuard)
export class ApiKeyResolver {
  public constructor(
    private readonly kept: ApiKeyRepository,
    private readonly keys: PartnerKeys,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => [ApiKeyModel], { complexity: 50, description: 'Newest first, ended ones too; at most 1,000.' })
  public apiKeys(@Context() { partner }: RequestContext): Promise<ApiKeyRow[]> {
    return this.kept.list(partner!);
  }

  @Mutation(() => IssuedKeyModel, { complexity: 100 })
  public addApiKey(
    @Args('input', { type: () => NewKeyModel }) input: NewKeyModel,
    @Context() { access }: RequestContext,
  ): Promise<IssuedKey> {
    return this.keys.add(access!, input, this.clock.now());
  }

  @Mutation(() => IssuedKeyModel, {
    complexity: 100,
    description: 'Makes a key that may do the same; the old one ends after the grace, 0 to 720 hours.',
  })
  public rotateApiKey(
    @Args('id', { type: () => ID }) id: string,
    @Args('graceHours', { type: () => Float, defaultValue: 24 }) graceHours: number,
    @Context() { access }: RequestContext,
  ): Promise<IssuedKey> {
    return this.keys.rotate(access!, id, graceHours * HOUR_MS, this.clock.now());
  }

  @Mutation(() => Boolean, {
    complexity: 50,
    description: 'Ends a key at once; false when the partner has no such key.',
  })
  public revokeApiKey(
    @Args('id', { type: () => ID }) id: string,
    @Context() { partner }: RequestContext,
  ): Promise<boolean> {
    return this.kept.revoke(partner!, id, this.clock.now());
  }
}
