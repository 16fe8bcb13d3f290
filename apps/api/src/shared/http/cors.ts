import type { NextFunction, Request, RequestHandler, Response } from 'express';

const SHARED = /^\/(graphql|network\.json)$|^\/(epcis|tables)\//;
const METHODS = 'GET, HEAD, POST, DELETE';
const SENT = ['authorization', 'content-type', 'x-api-key', 'apollo-require-preflight'];
const EPCIS_SENT = [
  ...['gs1-epcis-version', 'gs1-epcis-min', 'gs1-epcis-max', 'gs1-cbv-version', 'gs1-cbv-min', 'gs1-cbv-max'],
  ...['gs1-epc-format', 'gs1-capture-error-behaviour'],
];
const SEEN = [
  ...['location', 'link', 'retry-after', 'ratelimit', 'ratelimit-policy', 'repr-digest'],
  ...['gs1-epcis-version', 'gs1-cbv-version', 'gs1-epcis-capture-limit', 'gs1-epcis-capture-file-size-limit'],
];
const PREFLIGHT_LIFE_S = 600;

/**
 * Lets pages of other origins read answers, where the operator names them. Cookies are not for them (no
 * Access-Control-Allow-Credentials) and /auth is not theirs: they bring a key or a bearer token.
 */
export function cors(origins: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const origin = request.get('origin');
    if (origins.length === 0 || !SHARED.test(request.path)) {
      next();
      return;
    }
    response.vary('Origin');
    if (origin === undefined || !origins.includes(origin)) {
      next();
      return;
    }
    response.set('Access-Control-Allow-Origin', origin);
    response.set('Access-Control-Expose-Headers', SEEN.join(', '));
    if (request.method === 'OPTIONS' && request.get('access-control-request-method') !== undefined) {
      response.set({
        'Access-Control-Allow-Methods': METHODS,
        'Access-Control-Allow-Headers': [...SENT, ...EPCIS_SENT].join(', '),
        'Access-Control-Max-Age': String(PREFLIGHT_LIFE_S),
      });
      response.status(204).end();
      return;
    }
    next();
  };
}
