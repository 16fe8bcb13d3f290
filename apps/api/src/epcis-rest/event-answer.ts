import { Injectable } from '@nestjs/common';
import {
  EventQueryError,
  EventQueryReader,
  parseEventQuery,
  queryDocument,
  type RawParameters,
} from '@tallyhouse/supply-chain';
import type { Request, Response } from 'express';
import { askedBy, linkNext, type PageAsked } from './paging.js';

/** Answers queries for events, wherever in the address the query stands. */
@Injectable()
export class EventAnswer {
  public constructor(private readonly events: EventQueryReader) {}

  /** By the query string and, besides, by what the address itself says. */
  public async byAddress(request: Request, response: Response, fixed: RawParameters = {}): Promise<object> {
    const { page, parameters } = askedBy(request);
    const twice = Object.keys(fixed).find((name) => Object.hasOwn(parameters, name));
    if (twice !== undefined) {
      throw new EventQueryError('QUERY_PARAMETER_INVALID', `${twice}: the address says it already`, twice);
    }
    return this.answer(request, response, { ...parameters, ...fixed }, page);
  }

  /** A page of a query's events; the link to the next is in the headers. */
  public async answer(
    request: Request,
    response: Response,
    parameters: RawParameters,
    page: PageAsked,
    queryName?: string,
  ): Promise<object> {
    const found = await this.events.page(parseEventQuery(parameters), page.perPage, page.token);
    linkNext(request, response, found.nextPageToken);
    return queryDocument(found.events, new Date(), { queryName });
  }
}
