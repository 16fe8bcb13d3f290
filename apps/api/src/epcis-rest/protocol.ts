import { defaultBounds } from '@tallyhouse/epcis';
import { defaultStreamBounds } from '@tallyhouse/supply-chain';
import type { NextFunction, Request, Response } from 'express';
import { sendProblem } from './problem.filter.js';
import { problem, type Problem } from './problems.js';

/** EPCIS and CBV version that is spoken here, the only one. */
const VERSION = '2.0.0';
const MAX_ADDRESS_LENGTH = 8_000;
export const JSON_TYPES = ['application/json', 'application/ld+json'];
export const XML_TYPES = ['application/xml', 'text/xml'];
/** Answered with what was sent, whatever that was. */
const DOCUMENT = /\/capture\/[^/]+\/document$/;
const VERSION_TEXT = /^\d{1,3}(\.\d{1,3}){0,2}$/;

/** Bytes that are held at once: a packed document or a single event. */
export const HELD_BYTES = defaultBounds.maxBytes;

/** What every answer says of itself. */
const HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': VERSION,
  'GS1-EPCIS-Min': VERSION,
  'GS1-EPCIS-Max': VERSION,
  'GS1-CBV-Version': VERSION,
  'GS1-CBV-Min': VERSION,
  'GS1-CBV-Max': VERSION,
  'GS1-EPC-Format': 'Never_Translates',
  'Cache-Control': 'no-store',
  Vary: 'Accept',
};

/** What the capture interface says besides. */
export const CAPTURE_HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Capture-Limit': String(defaultStreamBounds.maxEvents),
  'GS1-EPCIS-Capture-File-Size-Limit': String(defaultStreamBounds.maxBytes),
  'GS1-Capture-Error-Behaviour': 'all',
};

/** Sets the standard's headers and refuses what can be answered in no form that the client takes. */
export function epcisProtocol(request: Request, response: Response, next: NextFunction): void {
  response.set(HEADERS);
  const refusal = refusalOf(request);
  if (refusal) sendProblem(response, refusal);
  else next();
}

function refusalOf(request: Request): Problem | undefined {
  if (request.originalUrl.length > MAX_ADDRESS_LENGTH) {
    return problem(
      'URITooLongException',
      `an address has at most ${MAX_ADDRESS_LENGTH} characters; keep long queries by POST /queries`,
    );
  }
  if (!isDecodable(request.path)) {
    return problem('ValidationException', 'the address has a percent sign that encodes nothing');
  }
  const isAnyType = request.method === 'OPTIONS' || DOCUMENT.test(request.path);
  if (!isAnyType && !request.accepts([...JSON_TYPES, 'application/problem+json'])) {
    return problem('NotAcceptableException', `answers are ${JSON_TYPES.join(' or ')}`);
  }
  return versionRefusal(request) ?? formatRefusal(request);
}

function versionRefusal(request: Request): Problem | undefined {
  for (const standard of ['EPCIS', 'CBV']) {
    const bounds = [
      { name: `GS1-${standard}-Version`, fits: (order: number) => order === 0 },
      { name: `GS1-${standard}-Min`, fits: (order: number) => order <= 0 },
      { name: `GS1-${standard}-Max`, fits: (order: number) => order >= 0 },
    ];
    for (const { name, fits } of bounds) {
      const asked = request.get(name);
      if (asked === undefined) continue;
      if (!VERSION_TEXT.test(asked) || !fits(compareVersions(asked, VERSION))) {
        return problem('NotAcceptableException', `${name}: only ${VERSION} is spoken here`);
      }
    }
  }
  return undefined;
}

function formatRefusal(request: Request): Problem | undefined {
  const format = request.get('GS1-EPC-Format');
  if (format === undefined || format === 'Never_Translates' || format === 'No_Preference') return undefined;
  return problem('NotAcceptableException', 'GS1-EPC-Format: identifiers are given as they were captured');
}

/** Below, at or above 0 as the first version is older, equal or newer; missing parts are 0. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
