import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CONFIG, createLogger, type Config, type Logger } from '@tallyhouse/config';
import { IdentityError, type IdentityErrorCode } from '@tallyhouse/identity';
import type { Response } from 'express';

/** Every code that the library throws; a new one does not compile until it has a status. */
const STATUS: Readonly<Record<IdentityErrorCode, number>> = {
  KEY_UNKNOWN: 401,
  KEY_EXPIRED: 401,
  KEY_REVOKED: 401,
  KEY_PARTNER_REMOVED: 401,
  KEY_SCOPE_MISSING: 403,
  KEY_INVALID: 400,
  KEY_ID_UNKNOWN: 404,
  KEY_COUNT_EXCEEDED: 400,
  PARTNER_UNKNOWN: 400,
  MESSAGE_INVALID: 400,
  MESSAGE_REFUSED: 401,
  SESSION_ENDED: 401,
  SESSION_UNKNOWN: 404,
  ROLE_MISSING: 403,
  PASSKEY_INVALID: 400,
  PASSKEY_REFUSED: 401,
  PASSKEY_COPIED: 401,
  PASSKEY_LAST: 409,
  PASSKEY_COUNT_EXCEEDED: 400,
  ORIGIN_REFUSED: 403,
  CHAIN_UNAVAILABLE: 503,
};

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Answers with a problem document (RFC 9457) and a code; what is our own fault is logged under a number. */
@Catch()
export class AuthFilter implements ExceptionFilter {
  private readonly logger: Logger;

  public constructor(@Inject(CONFIG) config: Config) {
    this.logger = createLogger(config, 'api');
  }

  public catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, code, detail } = refusalOf(error) ?? this.ownFault(error);
    const title = STATUS_CODES[status] ?? 'Error';
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status, detail, code }));
  }

  private ownFault(error: unknown): Refusal {
    const incident = randomUUID();
    this.logger.error({ event: 'auth-failed', incident, err: error });
    return { status: 500, code: 'FAILED', detail: `the operator finds more in the log under ${incident}` };
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof IdentityError) {
    return { status: STATUS[error.code], code: error.code, detail: error.message };
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === undefined || status < 400 || status >= 500) return undefined;
  return { status, code: 'REQUEST_INVALID', detail: 'the request cannot be read: send a small JSON object' };
}

/** The status of what reading a body throws. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined;
}
