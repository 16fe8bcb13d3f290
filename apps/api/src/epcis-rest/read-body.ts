import { raw, type Request, type Response } from 'express';
import { ProblemError } from './problems.js';
import { JSON_TYPES } from './protocol.js';

/** The bytes of a JSON body, unpacked; a guard has let the sender in before a byte is read. */
export async function readBody(request: Request, response: Response, maxBytes: number): Promise<Uint8Array> {
  const type = request.is([...JSON_TYPES]);
  if (type === null) throw new ProblemError('ValidationException', 'the body is empty');
  if (type === false) {
    throw new ProblemError('UnsupportedMediaTypeException', `send ${JSON_TYPES.join(' or ')}`);
  }
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
