import { pipeline } from 'node:stream/promises';
import { Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import {
  BatchReader,
  CaptureDocumentReader,
  CaptureJobListReader,
  CaptureJobReader,
  CaptureService,
  defaultStreamBounds,
  type CaptureErrorBehaviour,
  type CaptureErrorRow,
} from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { anchoringShown, captureError, captureJob, documentShown } from './documents.js';
import { linkNext, pageAskedBy } from './paging.js';
import { partnerOf, PartnerKeyGuard } from './partner-key.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemError } from './problems.js';
import { CAPTURE_HEADERS, HELD_BYTES, JSON_TYPES, XML_TYPES } from './protocol.js';
import { chunksOf, isLong, readBody } from './read-body.js';
import { PREFIX } from './resources.js';

const SHOWN_ERRORS = 100;
const MAX_TYPE_LENGTH = 200;
const BEHAVIOUR: Readonly<Record<string, CaptureErrorBehaviour>> = {
  rollback: 'ROLLBACK',
  proceed: 'PROCEED',
};

@Controller('epcis/v2/capture')
@UseFilters(ProblemFilter)
export class CaptureController {
  public constructor(
    private readonly captures: CaptureService,
    private readonly jobs: CaptureJobReader,
    private readonly list: CaptureJobListReader,
    private readonly documents: CaptureDocumentReader,
    private readonly batches: BatchReader,
  ) {}

  /** Takes a document in; what is wrong with single events is told by the job. */
  @Post()
  @HttpCode(202)
  @NeedsScope('capture')
  @UseGuards(PartnerKeyGuard)
  public async capture(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const errorBehaviour = behaviourOf(request);
    refuseLength(request);
    const mediaType = request.get('content-type')?.slice(0, MAX_TYPE_LENGTH);
    const options = { partner: partnerOf(request), errorBehaviour, mediaType };
    const job = isLong(request)
      ? await this.captures.captureStream(chunksOf(request), options)
      : await this.captures.capture(
          await readBody(request, response, HELD_BYTES, [...JSON_TYPES, ...XML_TYPES]),
          options,
        );
    request.resume();
    const location = `${PREFIX}/capture/${job.id}`;
    if (job.state === 'FAILED') {
      refuseDocument(await this.jobs.errors([job.id], SHOWN_ERRORS), location);
    }
    response.set({
      Location: location,
      'GS1-Capture-Error-Behaviour': errorBehaviour.toLowerCase(),
    });
  }

  /** The partner's own jobs, newest first. */
  @Get()
  @NeedsScope('capture')
  @UseGuards(PartnerKeyGuard)
  public async all(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object[]> {
    const { perPage, token } = pageAskedBy(request);
    const { jobs, nextPageToken } = await this.list.list(partnerOf(request), perPage, token);
    const ids = jobs.map((job) => job.id);
    const errors = Map.groupBy(await this.jobs.errors(ids, SHOWN_ERRORS), (error) => error.jobId);
    linkNext(request, response, nextPageToken);
    return jobs.map((job) => captureJob(job, errors.get(job.id) ?? []));
  }

  @Get(':captureID')
  public async one(@Param('captureID') id: string): Promise<object> {
    const [job] = await this.jobs.byIds([id]);
    if (!job) throw new ProblemError('NoSuchResourceException', 'there is no such capture job');
    const [[document], [anchoring]] = await Promise.all([
      this.documents.ofJobs([job.id]),
      this.batches.anchoring([job.id]),
    ]);
    return captureJob(job, await this.jobs.errors([job.id], SHOWN_ERRORS), {
      ...(document ? { document: documentShown(document) } : {}),
      ...(anchoring ? { anchoring: anchoringShown(anchoring) } : {}),
    });
  }

  /** The document byte for byte, for the partner who sent it. */
  @Get(':captureID/document')
  @NeedsScope('capture')
  @UseGuards(PartnerKeyGuard)
  public async document(
    @Req() request: Request,
    @Res() response: Response,
    @Param('captureID') id: string,
  ): Promise<void> {
    const [found] = await this.documents.ofJobs([id]);
    if (!found)
      throw new ProblemError('NoSuchResourceException', 'no document is kept for a capture of that id');
    if (found.partner !== partnerOf(request)) {
      throw new ProblemError('ForbiddenSecurityException', 'another partner sent the document');
    }
    response.set({
      'Content-Type': found.mediaType,
      'Content-Length': found.bytes,
      'Content-Disposition': `attachment; filename="capture-${found.jobId}"`,
      'Repr-Digest': `sha-256=:${Buffer.from(found.sha256.slice(2), 'hex').toString('base64')}:`,
    });
    await pipeline(this.documents.bytes(found.documentId), response);
  }
}

/** What says itself that it is too long is not read at all. */
function refuseLength(request: Request): void {
  const { maxBytes } = defaultStreamBounds;
  if (!(Number(request.get('content-length')) > maxBytes)) return;
  const detail = `the body has more than ${maxBytes} bytes; send the events in several documents`;
  throw new ProblemError('CaptureLimitExceededException', detail, {}, CAPTURE_HEADERS);
}

function behaviourOf(request: Request): CaptureErrorBehaviour {
  const asked = request.get('GS1-Capture-Error-Behaviour') ?? 'rollback';
  const behaviour = Object.hasOwn(BEHAVIOUR, asked) ? BEHAVIOUR[asked] : undefined;
  if (!behaviour) {
    throw new ProblemError('ValidationException', 'GS1-Capture-Error-Behaviour: takes rollback or proceed');
  }
  return behaviour;
}

/** A document that cannot be read as a whole is refused at once; faults of single events are the job's to tell. */
function refuseDocument(errors: readonly CaptureErrorRow[], instance: string): void {
  const [first] = errors;
  const isLimit = first !== undefined && (first.rule === 'size' || first.rule === 'event-count');
  if (!isLimit && !errors.some((error) => error.eventIndex === null)) return;
  throw new ProblemError(
    isLimit ? 'CaptureLimitExceededException' : 'ValidationException',
    'nothing of the document was captured',
    { instance, errors: errors.map(captureError) },
    isLimit ? CAPTURE_HEADERS : {},
  );
}
