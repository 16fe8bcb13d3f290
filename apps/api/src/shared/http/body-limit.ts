import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';

const CAPTURE_BYTES = 10 * 1024 * 1024;
const QUERY_BYTES = 256 * 1024;

/** Reads JSON bodies: 10 MB for who sends a key and so may capture, 256 KB for everybody else. */
export function bodyReader(): RequestHandler {
  const large = json({ limit: CAPTURE_BYTES });
  const small = json({ limit: QUERY_BYTES });
  return (request: Request, response: Response, next: NextFunction): void => {
    const read = request.headers['x-api-key'] === undefined ? small : large;
    read(request, response, next);
  };
}
