import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ProcessClock } from '@tallyhouse/database';
import {
  NamedQueryRepository,
  parseEventQuery,
  refuseCuts,
  SubscriptionRepository,
  type SubscriptionRow,
} from '@tallyhouse/supply-chain';
import { DeliveryRepository, resolveTarget, WebhookError, type TargetPolicy } from '@tallyhouse/webhooks';
import type { Request, Response } from 'express';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { isObject, jsonOf } from './json-body.js';
import { linkNext, pageAskedBy } from './paging.js';
import { partnerOf, PartnerKeyGuard } from './partner-key.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemError } from './problems.js';
import { readBody } from './read-body.js';
import { PREFIX } from './resources.js';
import { deadLetter, subscriptionDocument, subscriptionIn } from './subscription-documents.js';
import { TARGET_POLICY } from './target-policy.provider.js';

const BODY_BYTES = 16 * 1024;
const SHOWN_DEAD = 100;

/** Subscriptions by webhook to a partner's named queries; a partner sees its own only. */
@Controller('epcis/v2/queries/:queryName/subscriptions')
@UseFilters(ProblemFilter)
@NeedsScope('subscribe')
@UseGuards(PartnerKeyGuard)
export class SubscriptionsController {
  public constructor(
    private readonly queries: NamedQueryRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly deliveries: DeliveryRepository,
    @Inject(TARGET_POLICY) private readonly policy: TargetPolicy,
    private readonly clock: ProcessClock,
  ) {}

  @Get()
  public async all(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('queryName') name: string,
  ): Promise<object[]> {
    const { perPage, token } = pageAskedBy(request);
    await this.queryOf(name);
    const found = await this.subscriptions.list(name, partnerOf(request), perPage, token);
    linkNext(request, response, found.nextPageToken);
    return found.subscriptions.map(subscriptionDocument);
  }

  @Post()
  @HttpCode(201)
  public async create(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('queryName') queryName: string,
  ): Promise<object> {
    const now = this.clock.now();
    const body = jsonOf(await readBody(request, response, BODY_BYTES));
    if (!isObject(body)) throw new ProblemError('ValidationException', 'expected an object with dest');
    refuseCuts(parseEventQuery(await this.queryOf(queryName)));
    const asked = subscriptionIn(body, now);
    await this.look(asked.dest);
    const id = await this.subscriptions.create({ ...asked, queryName, partner: partnerOf(request) }, now);
    response.set('Location', `${PREFIX}/queries/${encodeURIComponent(queryName)}/subscriptions/${id}`);
    return subscriptionDocument((await this.subscriptions.find(queryName, id))!);
  }

  @Get(':subscriptionID')
  public async one(
    @Req() request: Request,
    @Param('queryName') name: string,
    @Param('subscriptionID') id: string,
  ): Promise<object> {
    return subscriptionDocument(await this.own(request, name, id));
  }

  @Delete(':subscriptionID')
  @HttpCode(204)
  public async remove(
    @Req() request: Request,
    @Param('queryName') name: string,
    @Param('subscriptionID') id: string,
  ): Promise<void> {
    await this.subscriptions.remove((await this.own(request, name, id)).id);
  }

  /** Messages that were given up; the standard has no word for them. */
  @Get(':subscriptionID/deadLetters')
  public async dead(
    @Req() request: Request,
    @Param('queryName') name: string,
    @Param('subscriptionID') id: string,
  ): Promise<object[]> {
    const { id: endpointId } = await this.own(request, name, id);
    return (await this.deliveries.dead(endpointId, SHOWN_DEAD)).map(deadLetter);
  }

  /** Sends all of them again. */
  @Post(':subscriptionID/deadLetters/retry')
  @HttpCode(202)
  public async retry(
    @Req() request: Request,
    @Param('queryName') name: string,
    @Param('subscriptionID') id: string,
  ): Promise<object> {
    const { id: endpointId } = await this.own(request, name, id);
    return { retried: await this.deliveries.retry({ endpointId }, this.clock.now()) };
  }

  private async queryOf(name: string): Promise<Readonly<Record<string, unknown>>> {
    const found = await this.queries.find(name);
    if (!found) throw new ProblemError('NoSuchNameException', 'there is no query of that name');
    return found.query;
  }

  private async own(request: Request, name: string, id: string): Promise<SubscriptionRow> {
    const found = await this.subscriptions.find(name, id);
    if (!found) throw new ProblemError('NoSuchResourceException', 'there is no such subscription');
    if (found.partner === partnerOf(request)) return found;
    throw new ProblemError('ForbiddenSecurityException', 'the subscription is of another partner');
  }

  /** Refused now rather than at the first message, which looks again. */
  private async look(dest: string): Promise<void> {
    try {
      await resolveTarget(dest, this.policy);
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      throw new ProblemError('ValidationException', `dest: ${error.message}`);
    }
  }
}
