import { Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { eventHashId, readDocument, type EpcisDocument, type EpcisEvent } from '@tallyhouse/epcis';
import { CaptureJobReader, CaptureService, EventQueryReader, queryDocument } from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { captureError } from './documents.js';
import { EventAnswer } from './event-answer.js';
import { partnerOf, PartnerKeyGuard } from './partner-key.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemError } from './problems.js';
import { HELD_BYTES } from './protocol.js';
import { readBody } from './read-body.js';
import { PREFIX } from './resources.js';

const SHOWN_ERRORS = 100;

@Controller('epcis/v2/events')
@UseFilters(ProblemFilter)
export class EventsController {
  public constructor(
    private readonly captures: CaptureService,
    private readonly jobs: CaptureJobReader,
    private readonly events: EventQueryReader,
    private readonly answer: EventAnswer,
  ) {}

  @Get()
  public all(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    return this.answer.byAddress(request, response);
  }

  /** Takes one event in; it is stored when the answer comes. */
  @Post()
  @HttpCode(201)
  @NeedsScope('capture')
  @UseGuards(PartnerKeyGuard)
  public async create(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EpcisEvent> {
    const body = await readBody(request, response, HELD_BYTES);
    const { event, id } = singleEvent(body);
    const job = await this.captures.capture(body, {
      partner: partnerOf(request),
      errorBehaviour: 'ROLLBACK',
      mediaType: request.get('content-type')?.slice(0, 200),
    });
    if (job.state === 'FAILED') {
      const errors = await this.jobs.errors([job.id], SHOWN_ERRORS);
      throw new ProblemError('ValidationException', 'the event was not captured', {
        errors: errors.map(captureError),
      });
    }
    const location = `${PREFIX}/events/${encodeURIComponent(id)}`;
    if (job.stored === 0) {
      throw new ProblemError(
        'ResourceAlreadyExistsException',
        'the event is stored already',
        { instance: location },
        { Location: location },
      );
    }
    response.set('Location', location);
    return event;
  }

  /** The events of an eventID, an event hash, or an id of the GraphQL interface. */
  @Get(':eventID')
  public async one(@Param('eventID') id: string): Promise<object> {
    const events = await this.events.byId(id);
    if (events.length === 0) {
      throw new ProblemError('NoSuchResourceException', 'there is no event of that id');
    }
    return queryDocument(events, new Date());
  }
}

/** The event of a body, and the id under which it will be found. */
function singleEvent(body: Uint8Array): { event: EpcisEvent; id: string } {
  const read = readDocument(body);
  if (!read.ok) {
    throw new ProblemError('ValidationException', 'the event cannot be read', {
      errors: read.errors.map((error) => captureError({ ...error, jobId: '' })),
    });
  }
  const { document } = read;
  const [event] = document.events;
  if (document.kind !== 'event' || !event) {
    throw new ProblemError('ValidationException', 'send one event here, documents to /capture');
  }
  return { event, id: idOf(event, document) };
}

/** A hash needs fields that a faulty event may lack; whether it is valid is for the capture to say. */
function idOf(event: EpcisEvent, { context }: EpcisDocument): string {
  if (typeof event.eventID === 'string') return event.eventID;
  try {
    return eventHashId(event, context);
  } catch {
    return '';
  }
}
