import { randomUUID } from 'node:crypto';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CONFIG, createLogger, type Config, type Logger } from '@tallyhouse/config';
import type { Response } from 'express';
import { AWAY_RETRY_AFTER_S, awayWords } from '../shared/errors/database-away.js';
import { problemOf } from './problem-of.js';
import { problem, ProblemError, type Problem } from './problems.js';

/** Answers every failure with a problem document (RFC 7807); what is our own fault is logged under a number. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger: Logger;

  public constructor(@Inject(CONFIG) config: Config) {
    this.logger = createLogger(config, 'api');
  }

  public catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof ProblemError) response.set(error.headers);
    sendProblem(response, problemOf(error) ?? this.ownFault(error, response));
  }

  private ownFault(error: unknown, response: Response): Problem {
    const incident = randomUUID();
    this.logger.error({ event: 'epcis-rest-failed', incident, err: error });
    const away = awayWords(error);
    if (away) {
      response.set('Retry-After', String(AWAY_RETRY_AFTER_S));
      return problem('ServiceUnavailable', away);
    }
    return problem('ImplementationException', `the operator finds more in the log under ${incident}`);
  }
}

/** Ends a response with a problem. */
export function sendProblem(response: Response, found: Problem): void {
  response.status(found.status).type('application/problem+json').send(JSON.stringify(found));
}
