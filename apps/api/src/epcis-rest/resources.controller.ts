import { All, Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { VocabularyReader, type Vocabulary } from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';
import { collection } from './documents.js';
import { EventAnswer } from './event-answer.js';
import { linkNext, pageAskedBy } from './paging.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemError } from './problems.js';
import { CAPTURE_HEADERS } from './protocol.js';
import { isVocabulary, methodsOf, PARAMETER_OF, PREFIX, TOP_LEVEL } from './resources.js';

/** What is left of the interface after capture, events and queries; it must be registered after them. */
@Controller('epcis/v2')
@UseFilters(ProblemFilter)
export class ResourcesController {
  public constructor(
    private readonly vocabularies: VocabularyReader,
    private readonly answer: EventAnswer,
  ) {}

  @Get()
  public topLevel(): object {
    return collection(TOP_LEVEL);
  }

  @Get(':resource')
  public async values(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('resource') resource: string,
  ): Promise<object> {
    const { perPage, token } = pageAskedBy(request);
    const { values, nextPageToken } = await this.vocabularies.list(known(resource), perPage, token);
    linkNext(request, response, nextPageToken);
    return collection(values);
  }

  @Get(':resource/:value')
  public async value(@Param('resource') resource: string, @Param('value') value: string): Promise<object> {
    await this.mustHave(known(resource), value);
    return collection(['events']);
  }

  @Get(':resource/:value/events')
  public async events(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('resource') resource: string,
    @Param('value') value: string,
  ): Promise<object> {
    const vocabulary = known(resource);
    await this.mustHave(vocabulary, value);
    return this.answer.byAddress(request, response, { [PARAMETER_OF[vocabulary]]: [value] });
  }

  /** What an address can do (OPTIONS), and that it cannot do what was asked of it. */
  @All(['', '*path'])
  public rest(@Req() request: Request, @Res({ passthrough: true }) response: Response): void {
    const path = request.path.slice(PREFIX.length);
    if (path.startsWith('/nextPageToken/')) {
      throw new ProblemError('NotImplemented', 'a token names a place in a list and cannot be taken back');
    }
    const methods = methodsOf(path);
    if (!methods) throw new ProblemError('NoSuchResourceException', 'nothing has this address');
    response.set('Allow', methods.join(', '));
    if (path === '/capture') response.set(CAPTURE_HEADERS);
    if (request.method !== 'OPTIONS') {
      throw new ProblemError('MethodNotAllowed', `takes ${methods.join(', ')}`);
    }
    response.status(204);
  }

  private async mustHave(vocabulary: Vocabulary, value: string): Promise<void> {
    if (await this.vocabularies.has(vocabulary, value)) return;
    throw new ProblemError('NoSuchResourceException', `no stored event has this value in ${vocabulary}`);
  }
}

function known(resource: string): Vocabulary {
  if (!isVocabulary(resource)) {
    throw new ProblemError('NoSuchResourceException', `resources are ${TOP_LEVEL.join(', ')}`);
  }
  return resource;
}
