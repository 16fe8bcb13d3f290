import { isXml } from '@tallyhouse/epcis';
import { raw, type Request, type Response } from 'express';
import { ProblemError } from './problems.js';
import { JSON_TYPES, XML_TYPES } from './protocol.js';

/** Longer documents are taken in while they arrive; shorter ones may have their keys in any order. */
const WHOLE_BYTES = 2 * 1024 * 1024;

/** Whether a body is JSON too long to be held whole; one that is packed is held, and its unpacked size is bounded. */
export function isLong(request: Request): boolean {
  if (request.is([...XML_TYPES])) return false;
  const length = request.get('content-length');
  return request.get('content-encoding') === undefined && !(Number(length) <= WHOLE_BYTES);
}

/** The body piece by piece. Who stops reading leaves the connection whole, so that an answer can still be given. */
export function chunksOf(request: Request): AsyncIterable<Uint8Array> {
  requireType(request, JSON_TYPES);
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

/** The bytes of a body of one of these types, unpacked; a guard has let the sender in before a byte is read. */
export async function readBody(
  request: Request,
  response: Response,
  maxBytes: number,
  types: readonly string[] = JSON_TYPES,
): Promise<Uint8Array> {
  requireType(request, types);
  const read = raw({ limit: maxBytes, type: () => true });
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('the body cannot be read'));
    });
  });
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) throw new ProblemError('ValidationException', 'the body is empty');
  if (isXml(body) !== (request.is([...XML_TYPES]) !== false)) {
    throw new ProblemError('UnsupportedMediaTypeException', 'the body is not what its content-type says');
  }
  return body;
}

function requireType(request: Request, types: readonly string[]): void {
  const type = request.is([...types]);
  if (type === null) throw new ProblemError('ValidationException', 'the body is empty');
  if (type === false) throw new ProblemError('UnsupportedMediaTypeException', `send ${types.join(' or ')}`);
}
