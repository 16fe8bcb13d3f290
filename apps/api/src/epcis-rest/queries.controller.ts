import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ProcessClock } from '@tallyhouse/database';
import { NamedQueryRepository, type NamedQuery, type RawParameters } from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { EventAnswer } from './event-answer.js';
import { linkNext, pageAskedBy } from './paging.js';
import { partnerOf, PartnerKeyGuard } from './partner-key.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemError } from './problems.js';
import { isObject, jsonOf } from './json-body.js';
import { readBody } from './read-body.js';
import { PREFIX } from './resources.js';

const QUERY_BYTES = 256 * 1024;

@Controller('epcis/v2/queries')
@UseFilters(ProblemFilter)
export class QueriesController {
  public constructor(
    private readonly queries: NamedQueryRepository,
    private readonly answer: EventAnswer,
    private readonly clock: ProcessClock,
  ) {}

  @Get()
  public async all(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object[]> {
    const { perPage, token } = pageAskedBy(request);
    const { queries, nextPageToken } = await this.queries.list(perPage, token);
    linkNext(request, response, nextPageToken);
    return queries.map(definition);
  }

  /** Keeps a query under a name that nobody else has taken. */
  @Post()
  @HttpCode(201)
  @NeedsScope('query')
  @UseGuards(PartnerKeyGuard)
  public async create(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { name, query } = definitionIn(await readBody(request, response, QUERY_BYTES));
    await this.queries.create(name, partnerOf(request), query, this.clock.now());
    response.set('Location', `${PREFIX}/queries/${encodeURIComponent(name)}`);
    return { name, query };
  }

  @Get(':queryName')
  public async one(@Param('queryName') name: string): Promise<object> {
    return definition(await this.existing(name));
  }

  /** Forgets a query of the partner's own. */
  @Delete(':queryName')
  @HttpCode(204)
  @NeedsScope('query')
  @UseGuards(PartnerKeyGuard)
  public async remove(@Req() request: Request, @Param('queryName') name: string): Promise<void> {
    if (await this.queries.remove(name, partnerOf(request))) return;
    await this.existing(name);
    throw new ProblemError('ForbiddenSecurityException', 'another partner keeps the query');
  }

  @Get(':queryName/events')
  public async events(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('queryName') name: string,
  ): Promise<object> {
    const page = pageAskedBy(request);
    const { query } = await this.existing(name);
    return this.answer.answer(request, response, query, page, name);
  }

  private async existing(name: string): Promise<NamedQuery> {
    const query = await this.queries.find(name);
    if (!query) throw new ProblemError('NoSuchNameException', 'there is no query of that name');
    return query;
  }
}

function definition({ name, query }: NamedQuery): { name: string; query: RawParameters } {
  return { name, query };
}

function definitionIn(body: Uint8Array): { name: string; query: RawParameters } {
  const parsed = jsonOf(body);
  if (!isObject(parsed) || typeof parsed['name'] !== 'string' || !isObject(parsed['query'])) {
    throw new ProblemError(
      'ValidationException',
      'expected {"name": <text>, "query": {<parameter>: <values>}}',
    );
  }
  return { name: parsed['name'], query: parsed['query'] };
}
