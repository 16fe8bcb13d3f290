import { performance } from 'node:perf_hooks';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { RateLimits } from './rate-limits.js';
import type { Standing } from './token-buckets.js';

const WINDOW_S = 60;
const LIMITED = /^\/(graphql|network\.json)$|^\/(epcis|auth|tables)\//;

/**
 * Counts requests and refuses those beyond a limit, before their body is read. What is left is told in the headers of
 * draft-ietf-httpapi-ratelimit-headers. Pages and probes are not counted.
 */
export function rateLimit(limits: RateLimits): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const standing = LIMITED.test(request.path) ? limits.ofRequest(request, performance.now()) : undefined;
    if (!standing) {
      next();
      return;
    }
    const { quota, remaining, waitS, isAllowed } = standing;
    response.set('RateLimit-Policy', `"${quota.name}";q=${quota.perMinute};w=${WINDOW_S}`);
    response.set('RateLimit', `"${quota.name}";r=${remaining};t=${waitS}`);
    if (isAllowed) next();
    else refuse(request, response, standing);
  };
}

function refuse(request: Request, response: Response, { quota, waitS }: Standing): void {
  const detail = `at most ${quota.perMinute} requests a minute for one ${quota.name}; ask again in ${waitS} s`;
  response.set({ 'Retry-After': String(waitS), 'Cache-Control': 'no-store' }).status(429);
  if (request.path === '/graphql') {
    response.json({ errors: [{ message: detail, extensions: { code: 'RATE_LIMITED' } }] });
    return;
  }
  const problem = {
    type: 'about:blank',
    title: 'Too Many Requests',
    status: 429,
    detail,
    code: 'RATE_LIMITED',
  };
  response.type('application/problem+json').send(JSON.stringify(problem));
}
