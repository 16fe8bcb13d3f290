import type { Random } from '@tallyhouse/compute';
import type { Attack } from './attack.js';
import { drawn, hostileText, hostileValue, mangled, mutated } from './hostile-values.js';

const PATHS = [
  ...['events', 'queries', 'capture', 'eventTypes', 'epcs', 'bizSteps', 'bizLocations', 'readPoints'],
  ...['dispositions', 'events/?', 'queries/?', 'queries/?/events', 'queries/?/subscriptions', 'capture/?'],
  ...['queries/?/subscriptions/?', 'capture/?/document', 'epcs/?/events', 'eventTypes/?/events', '?', ''],
];
const PARAMETERS = [
  ...[
    'eventType',
    'GE_eventTime',
    'LT_eventTime',
    'GE_recordTime',
    'EQ_action',
    'EQ_bizStep',
    'EQ_disposition',
  ],
  ...[
    'EQ_readPoint',
    'WD_readPoint',
    'EQ_bizLocation',
    'MATCH_epc',
    'MATCH_anyEPC',
    'MATCH_epcClass',
    'EQ_quantity',
  ],
  ...['GT_quantity', 'EQ_eventID', 'EXISTS_errorDeclaration', 'orderBy', 'orderDirection', 'eventCountLimit'],
  ...[
    'maxEventCount',
    'perPage',
    'nextPageToken',
    'EQ_value_x',
    'EQ_INNER_a',
    'HASATTR_bizLocation',
    'EQ_type',
  ],
];
const HEADERS = [
  ...[
    'GS1-EPCIS-Version',
    'GS1-EPC-Format',
    'GS1-Capture-Error-Behaviour',
    'Accept',
    'Content-Encoding',
    'Range',
  ],
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH', 'HEAD'];

const escaped = (random: Random): string =>
  random.below(8) === 0 ? hostileText(random) : encodeURIComponent(hostileText(random).toWellFormed());

/** Addresses of EPCIS 2.0 with parameters and bodies that are mostly wrong. */
export function restAttack(random: Random, apiKey: string): Attack {
  const method = drawn(random, METHODS);
  const path = drawn(random, PATHS).replaceAll('?', () => escaped(random));
  const search = Array.from(
    { length: random.below(4) },
    () => `${drawn(random, PARAMETERS)}=${escaped(random)}`,
  );
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  return {
    method,
    path: `/epcis/v2/${path}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: {
      ...(random.below(4) > 0 ? { 'x-api-key': apiKey } : {}),
      ...(random.below(6) === 0 ? { [drawn(random, HEADERS)]: hostileText(random) } : {}),
      ...(hasBody
        ? { 'content-type': drawn(random, ['application/json', 'application/xml', 'text/plain']) }
        : {}),
    },
    ...(hasBody ? { body: queryBody(random) } : {}),
  };
}

function queryBody(random: Random): string {
  const query = Object.fromEntries(
    Array.from({ length: random.below(4) }, () => [drawn(random, PARAMETERS), hostileValue(random)]),
  );
  const body = {
    name: hostileText(random),
    query,
    dest: hostileText(random),
    schedule: hostileValue(random),
  };
  return random.below(5) === 0 ? hostileText(random) : JSON.stringify(body);
}

/** A document that was right before a place of it, or some signs of it, were changed. */
export function captureAttack(random: Random, documents: readonly object[], apiKey: string): Attack {
  const changed = mutated(random, drawn(random, documents));
  const text = JSON.stringify(changed);
  return {
    method: 'POST',
    path: random.below(3) === 0 ? '/epcis/v2/events' : '/epcis/v2/capture',
    headers: {
      'x-api-key': apiKey,
      'content-type': drawn(random, ['application/json', 'application/ld+json', 'application/xml']),
      'GS1-Capture-Error-Behaviour': drawn(random, ['rollback', 'proceed']),
    },
    body: random.below(4) === 0 ? mangled(random, text) : text,
  };
}
