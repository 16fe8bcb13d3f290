import { Injectable } from '@nestjs/common';
import { CaptureService, type CaptureJobRow } from '@tallyhouse/supply-chain';
import { InputError, UnauthenticatedError } from '../shared/errors/api.errors.js';
import type { RequestContext } from '../shared/request/request-context.js';

/** Captures for a request and answers with the job as it is stored. */
@Injectable()
export class DocumentCapture {
  public constructor(private readonly captures: CaptureService) {}

  public async run(
    document: unknown,
    errorBehaviour: CaptureJobRow['errorBehaviour'],
    { partner, loaders }: RequestContext,
  ): Promise<CaptureJobRow> {
    if (partner === undefined) throw new UnauthenticatedError('capture needs an API key');
    if (typeof document !== 'object' || document === null) {
      throw new InputError('ARGUMENT_INVALID', 'document: expected an EPCIS document, a JSON object');
    }
    const { id } = await this.captures.capture(document, { partner, errorBehaviour });
    const job = await loaders.captureJob.load(id);
    if (!job) throw new Error(`capture job ${id} was not stored`);
    return job;
  }
}
