import { CONTROL_NAMES, EventQueryError, invalidControl, type RawParameters } from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';

const DEFAULT_PER_PAGE = 30;
/** A page is never longer; who asks for more gets this many and a link to the rest. */
const MAX_PER_PAGE = 1_000;

/** Which page of a list is asked for. */
export interface PageAsked {
  readonly perPage: number;
  readonly token: string | undefined;
}

/** What a URL asks for: a page, and parameters of a query; values that `|` separates are a list. */
export interface Asked {
  readonly page: PageAsked;
  readonly parameters: RawParameters;
}

/** Reads the query string of a request. */
export function askedBy(request: Request): Asked {
  const search = new URLSearchParams(request.originalUrl.split('?').slice(1).join('?'));
  const parameters: Record<string, readonly string[]> = Object.create(null) as Record<
    string,
    readonly string[]
  >;
  for (const name of new Set(search.keys())) {
    if (CONTROL_NAMES.has(name)) {
      throw invalidControl(
        name,
        'subscribes; ask for a websocket at /queries/{name}/events, or POST to its subscriptions',
      );
    }
    parameters[name] = search.getAll(name).flatMap((value) => value.split('|'));
  }
  const { perPage, nextPageToken, ...rest } = parameters;
  return {
    page: {
      perPage: perPage === undefined ? DEFAULT_PER_PAGE : sizeOf(perPage),
      token: nextPageToken === undefined ? undefined : one('nextPageToken', nextPageToken),
    },
    parameters: rest,
  };
}

/** Reads the page that a list is asked for; a list takes no other parameters. */
export function pageAskedBy(request: Request): PageAsked {
  const { page, parameters } = askedBy(request);
  const [name] = Object.keys(parameters);
  if (name !== undefined) {
    const message = `${name.slice(0, 100)}: this list takes perPage and nextPageToken only`;
    throw new EventQueryError('QUERY_PARAMETER_INVALID', message, name.slice(0, 100));
  }
  return page;
}

/** Says where the next page is (RFC 8288). */
export function linkNext(request: Request, response: Response, token: string | undefined): void {
  if (token === undefined) return;
  const [path, ...search] = request.originalUrl.split('?');
  const parameters = new URLSearchParams(search.join('?'));
  parameters.set('nextPageToken', token);
  response.set('Link', `<${path}?${parameters.toString()}>; rel="next"`);
}

function sizeOf(values: readonly string[]): number {
  const size = Number(one('perPage', values));
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new EventQueryError('QUERY_PARAMETER_INVALID', 'perPage: takes a whole number from 1', 'perPage');
  }
  return Math.min(size, MAX_PER_PAGE);
}

function one(name: string, values: readonly string[]): string {
  const [value] = values;
  if (values.length !== 1 || !value) {
    throw new EventQueryError('QUERY_PARAMETER_INVALID', `${name}: takes one value`, name);
  }
  return value;
}
