import { raw, type Request, type Response } from 'express';
import { ProblemError } from './problems.js';
import { JSON_TYPES } from './protocol.js';

/** Longer documents are taken in while they arrive; shorter ones may have their keys in any order. */
const WHOLE_BYTES = 2 * 1024 * 1024;

/** Whether a body is too long to be held whole; one that is packed is held, and its unpacked size is bounded. */
export function isLong(request: Request): boolean {
  const length = request.get('content-length');
  return request.get('content-encoding') === undefined && !(Number(length) <= WHOLE_BYTES);
}

/** The body piece by piece. Who stops reading leaves the connection whole, so that an answer can still be given. */
export function chunksOf(request: Request): AsyncIterable<Uint8Array> {
  requireJson(request);
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

/** The bytes of a JSON body, unpacked; a guard has let the sender in before a byte is read. */
export async function readBody(request: Request, response: Response, maxBytes: number): Promise<Uint8Array> {
  requireJson(request);
  const read = raw({ limit: maxBytes, type: () => true });
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('the body cannot be read'));
    });
  });
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) throw new ProblemError('ValidationException', 'the body is empty');
  return body;
}

function requireJson(request: Request): void {
  const type = request.is([...JSON_TYPES]);
  if (type === null) throw new ProblemError('ValidationException', 'the body is empty');
  if (type === false) {
    throw new ProblemError('UnsupportedMediaTypeException', `send ${JSON_TYPES.join(' or ')}`);
  }
}
