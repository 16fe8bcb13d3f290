import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ProcessClock } from '@tallyhouse/database';
import {
  GrantRepository,
  ReadAuditReader,
  SharedEventReader,
  SharingRepository,
  type DataReadRow,
  type GrantRow,
  type SharedEventRow,
  type SharingRow,
} from '@tallyhouse/supply-chain';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { HexScalar } from '../shared/scalars/index.js';
import {
  DataReadConnectionModel,
  GrantModel,
  NewGrantModel,
  PartnerSharingModel,
  SharedEventConnectionModel,
  SharingEnum,
} from './sharing.model.js';

/** What partners let others read, and who did. */
@Resolver(() => GrantModel)
export class SharingResolver {
  public constructor(
    private readonly given: GrantRepository,
    private readonly chosen: SharingRepository,
    private readonly shared: SharedEventReader,
    private readonly reads: ReadAuditReader,
    private readonly clock: ProcessClock,
  ) {}

  @NeedsScope('keys')
  @UseGuards(ApiKeyGuard)
  @Query(() => PartnerSharingModel, { complexity: 10, description: 'What the partner that asks shows.' })
  public sharing(@Context() { partner }: RequestContext): Promise<SharingRow> {
    return this.chosen.of(partner!);
  }

  @NeedsScope('keys')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => PartnerSharingModel, {
    complexity: 50,
    description: 'Chooses what the partner shows, from now on.',
  })
  public setSharing(
    @Args('sharing', { type: () => SharingEnum }) sharing: SharingRow['sharing'],
    @Context() { partner }: RequestContext,
  ): Promise<SharingRow> {
    return this.chosen.set(partner!, sharing, this.clock.now());
  }

  @NeedsScope('keys')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => GrantModel, {
    complexity: 50,
    description: "Lets somebody read some of the partner's rows.",
  })
  public grant(
    @Args('input', { type: () => NewGrantModel }) input: NewGrantModel,
    @Context() { partner }: RequestContext,
  ): Promise<GrantRow> {
    return this.given.add(partner!, input, this.clock.now());
  }

  @NeedsScope('keys')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => GrantModel, { complexity: 50, description: 'Ends a grant at once.' })
  public revokeGrant(
    @Args('id', { type: () => ID }) id: string,
    @Context() { partner }: RequestContext,
  ): Promise<GrantRow> {
    return this.given.revoke(partner!, id, this.clock.now());
  }

  @Query(() => [GrantModel], {
    complexity: 50,
    description: 'Grants that the viewer gave or got, newest first, ended ones too; at most 2,000.',
  })
  public grants(): Promise<GrantRow[]> {
    return this.given.list();
  }

  @Query(() => SharedEventConnectionModel, {
    description:
      'Events of which certain fields were granted to the viewer; whole events are among the events.',
  })
  public sharedEvents(@Args({ type: () => PageArgs }) page: PageArgs): Promise<Connection<SharedEventRow>> {
    return connectionOf(this.shared.list(page));
  }

  @Query(() => DataReadConnectionModel, {
    description: "Who read which of the viewer's rows by a grant, newest first.",
  })
  public readAudit(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('reader', {
      type: () => HexScalar,
      nullable: true,
      description: 'Readings of this partner or account alone.',
    })
    reader?: string | null,
  ): Promise<Connection<DataReadRow>> {
    return connectionOf(this.reads.list(page, reader));
  }
}
