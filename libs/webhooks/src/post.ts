import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import { signatureOf } from './signature.js';
import { resolveTarget, type ResolvedAddress, type Target, type TargetPolicy } from './target.js';
import { WebhookError } from './webhook.errors.js';

const TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_RETRY_AFTER_MS = 3_600_000;

/** One message for one webhook. */
export interface Message {
  readonly url: string;
  /** Kept for every attempt, so that a receiver knows what it has already. */
  readonly deliveryId: string;
  /** From 1. */
  readonly attempt: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Key of the signature and the header that it stands in; without a key nothing is signed. */
  readonly secret: Uint8Array | null;
  readonly signatureHeader: string;
}

/** How messages are sent. */
export interface PostPolicy extends TargetPolicy {
  /** From looking up the name to the status line; 10 s unless given. */
  readonly timeoutMs?: number;
}

/**
 * Sends one message. The name is resolved here and the connection goes to the addresses that were looked at, so a name that
 * changes its mind in between leads nowhere new. Redirects are not followed and the answer's body is not read.
 *
 * @returns the status, 2xx
 * @throws WebhookError
 */
export async function postMessage(message: Message, now: Date, policy: PostPolicy): Promise<number> {
  const deadline = AbortSignal.timeout(policy.timeoutMs ?? TIMEOUT_MS);
  const target = await inTime(resolveTarget(message.url, policy), deadline);
  return send(target, message, now, deadline);
}

function send(target: Target, message: Message, now: Date, deadline: AbortSignal): Promise<number> {
  const options: RequestOptions = {
    method: 'POST',
    headers: headersOf(message, now),
    agent: false,
    lookup: pinned(target.addresses),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal: deadline,
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage): void => {
      const { statusCode: status = 0 } = response;
      response.on('error', () => undefined).destroy();
      if (status >= 200 && status < 300) resolve(status);
      else reject(refusalOf(status, response.headers['retry-after']));
    };
    const request: ClientRequest =
      target.url.protocol === 'http:'
        ? httpRequest(target.url, options, answered)
        : httpsRequest(target.url, options, answered);
    request.on('error', (error) => reject(deadline.aborted ? late() : unreachable(error)));
    request.end(message.body);
  });
}

function headersOf(message: Message, now: Date): Record<string, string | number> {
  const { secret } = message;
  return {
    'content-type': message.contentType,
    'content-length': message.body.length,
    'user-agent': 'tallyhouse',
    'x-tallyhouse-delivery': message.deliveryId,
    'x-tallyhouse-attempt': message.attempt,
    ...(secret === null ? {} : { [message.signatureHeader]: signatureOf(secret, now, message) }),
  };
}

/** A lookup that knows its answer. */
function pinned(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first!.address, first!.family);
  };
}

async function inTime<Value>(work: Promise<Value>, deadline: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(late());
  deadline.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    deadline.removeEventListener('abort', stop);
  }
}

function late(): WebhookError {
  return new WebhookError('TIMED_OUT', 'the webhook did not answer in time');
}

function unreachable(error: Error): WebhookError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return new WebhookError('UNREACHABLE', `the webhook cannot be reached (${code})`);
}

function refusalOf(status: number, retryAfter: string | undefined): WebhookError {
  const seconds = Number(retryAfter);
  const wait =
    retryAfter !== undefined && seconds >= 0 ? Math.min(seconds * 1_000, MAX_RETRY_AFTER_MS) : undefined;
  const redirected = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return new WebhookError('ANSWERED', `the webhook answered ${status}${redirected}`, status, wait);
}
