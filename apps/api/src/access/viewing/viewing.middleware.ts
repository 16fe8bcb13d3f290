import { asViewer } from '@tallyhouse/database';
import type { NextFunction, Request, Response } from 'express';
import type { Viewings } from './viewings.js';

const fieldsOf = new WeakMap<object, string[]>();

/** Everything that a request reads, it reads as who sent it. */
export function viewing(
  viewings: Viewings,
): (request: Request, response: Response, next: NextFunction) => void {
  return (request, _response, next) => {
    const fields: string[] = [];
    fieldsOf.set(request, fields);
    const operation = (): string =>
      fields.length > 0 ? `graphql ${fields.join(', ')}` : `${request.method} ${request.path}`;
    asViewer(
      viewings.of((name) => request.get(name), operation),
      () => next(),
    );
  };
}

/** Notes a field of a GraphQL operation, by which owners know what was asked of their rows. */
export function noteField(request: object, field: string): void {
  const fields = fieldsOf.get(request);
  if (fields && !fields.includes(field)) fields.push(field);
}
