import type { NestExpressApplication } from '@nestjs/platform-express';
import type { SecretIds } from './decisions.js';
import { FACTORY, piece } from '../kit/epcis-documents.js';
import { SERIES_ID } from '../kit/forecast-rows.js';

interface GuardedPath {
  readonly path: (ids: SecretIds) => string;
}

const at = (path: (ids: SecretIds) => string): GuardedPath => ({ path: (ids) => `/epcis/v2${path(ids)}` });

/** A decision for every address that is read by GET. */
export const REST_DECISIONS: Readonly<Record<string, 'PUBLIC' | 'OWN' | GuardedPath>> = {
  '/artifacts/:sha256': 'PUBLIC',
  '/auth/session': 'OWN',
  '/calendar/proposals.ics': 'PUBLIC',
  '/epcis/v2': 'PUBLIC',
  '/epcis/v2/*path': 'PUBLIC',
  '/epcis/v2/:resource': at(() => '/epcs'),
  '/epcis/v2/:resource/:value': at(() => `/epcs/${encodeURIComponent(piece(1))}`),
  '/epcis/v2/:resource/:value/events': at(() => `/bizLocations/${encodeURIComponent(FACTORY)}/events`),
  '/epcis/v2/capture': 'OWN',
  '/epcis/v2/capture/:captureID': 'OWN',
  '/epcis/v2/capture/:captureID/document': 'OWN',
  '/epcis/v2/events': at(() => '/events?MATCH_epc=' + encodeURIComponent(piece(3))),
  '/epcis/v2/events/:eventID': at(({ otherEvent }) => `/events/${otherEvent}`),
  '/epcis/v2/queries': at(() => '/queries'),
  '/epcis/v2/queries/:queryName': at(() => '/queries/zzjuniper'),
  '/epcis/v2/queries/:queryName/events': at(() => '/queries/zzjuniper/events'),
  '/epcis/v2/queries/:queryName/subscriptions': 'OWN',
  '/epcis/v2/queries/:queryName/subscriptions/:subscriptionID': 'OWN',
  '/epcis/v2/queries/:queryName/subscriptions/:subscriptionID/deadLetters': 'OWN',
  '/epcis/v2{/*path}': 'PUBLIC',
  '/health': 'PUBLIC',
  '/network.json': 'PUBLIC',
  '/ready': 'PUBLIC',
  '/tables/:file': { path: () => `/tables/forecasts.csv?series=${SERIES_ID}` },
};

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every address that the application answers to GET, in order. */
export function restPathsOf(app: NestExpressApplication): string[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  const paths = router.stack.flatMap(({ route }) => (route?.methods['get'] ? [route.path] : []));
  return [...new Set(paths)].sort();
}
