import { performance } from 'node:perf_hooks';
import {
  ClientContexts,
  metrics,
  openSpan,
  stopwatch,
  underSpan,
  type OpenSpan,
} from '@tallyhouse/telemetry';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isTraced, methodOf, routeOf } from './routes.js';

const durations = metrics.histogram({
  name: 'tallyhouse_http_request_duration_seconds',
  help: 'From the first byte of a request to the last of its answer; status 499 where the client went away.',
  labels: ['method', 'route', 'status'],
});
const inProgress = metrics.gauge({
  name: 'tallyhouse_http_requests_in_progress',
  help: 'Requests that are being answered.',
});
const CLIENT_WENT = 499;

/**
 * Measures every request, and opens the span that everything done for it belongs under. A `traceparent` of the client is
 * taken up within bounds; the answer says in `traceresponse` where the request is in its trace.
 */
export function requestTelemetry(): RequestHandler {
  const contexts = new ClientContexts(() => performance.now());
  let open = 0;
  return (request: Request, response: Response, next: NextFunction): void => {
    const { path } = request;
    const seconds = stopwatch();
    const span = isTraced(path) ? serverSpan(request, contexts) : undefined;
    if (span?.traceparent) response.setHeader('traceresponse', span.traceparent);
    inProgress.set(++open);
    response.once('close', () => {
      inProgress.set(--open);
      const status = response.writableFinished ? response.statusCode : CLIENT_WENT;
      const route = routeOf(request, path);
      durations.observe(seconds(), methodOf(request), route, String(status));
      if (span) ended(span, `${methodOf(request)} ${route}`, route, status);
    });
    if (span) underSpan(span, next);
    else next();
  };
}

function serverSpan(request: Request, contexts: ClientContexts): OpenSpan {
  return openSpan(methodOf(request), {
    kind: 'server',
    parent: contexts.parentOf(request.get('traceparent')),
    attributes: { 'http.request.method': methodOf(request), 'url.scheme': request.protocol },
  });
}

function ended(span: OpenSpan, name: string, route: string, status: number): void {
  span.rename(name);
  span.set({ 'http.route': route, 'http.response.status_code': status });
  span.end(status >= 500 ? { code: String(status) } : undefined);
}
