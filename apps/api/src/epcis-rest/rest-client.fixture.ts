import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What an address answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks an EPCIS interface as a partner does. */
export interface RestClient {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, text?: string, headers?: Record<string, string>): Promise<Answer>;
  /** The page that follows. */
  next(page: Answer): Promise<Answer>;
  /** The events of an answer, which must be a query document by the standard's own schema where that is at hand. */
  events(answer: Answer): Record<string, unknown>[];
}

interface QueryDocument {
  readonly epcisBody: {
    readonly queryResults: { readonly resultsBody: { eventList: Record<string, unknown>[] } };
  };
}

/** A client of the interface at an address, with a partner's key. */
export function restClient(url: string, apiKey: string): RestClient {
  const isDocument = officialSchema();
  const send: RestClient['send'] = async (method, path, text, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'x-api-key': apiKey,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: answer === '' ? undefined : (JSON.parse(answer) as unknown),
    };
  };
  const get: RestClient['get'] = (path, headers) => send('GET', path, undefined, headers);
  return {
    send,
    get,
    post: (path, body, headers) => send('POST', path, JSON.stringify(body), headers),
    next: (page) => {
      const link = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      if (!link) throw new Error('the page has no link to a next one');
      return get(link.replace('/epcis/v2', ''));
    },
    events: ({ status, body }) => {
      if (status !== 200) throw new Error(JSON.stringify(body));
      if (isDocument && !isDocument(body)) throw new Error(JSON.stringify(isDocument.errors));
      return (body as QueryDocument).epcisBody.queryResults.resultsBody.eventList;
    },
  };
}

function officialSchema(): ValidateFunction | undefined {
  const shared =
    process.env['TALLYHOUSE_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');
  const path = join(shared, 'epcis/schema/epcis-json-schema-2.0.0.json');
  if (!existsSync(path)) {
    console.warn(`The EPCIS schema is not at ${path}: answers are not compared with it`);
    return undefined;
  }
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
}
